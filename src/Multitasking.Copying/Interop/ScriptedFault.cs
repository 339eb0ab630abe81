namespace Multitasking.Copying.Interop;

/// <summary>One fault: what the n-th call of a kind does instead of what it was asked to.</summary>
/// <param name="Call">The kind of call.</param>
/// <param name="Nth">Which call of that kind in its process, from 1 on.</param>
/// <param name="Result">
/// What it answers without being made: minus an error number, or 0 for "nothing more". Null when it is made after all.
/// </param>
internal sealed record ScriptedFault(SystemCall Call, int Nth, int? Result)
{
    /// <summary>At most so many bytes are asked of the kernel: a short read or write.</summary>
    internal long MostBytes { get; init; } = long.MaxValue;

    /// <summary>How many calls behind the n-th one meet it too.</summary>
    internal int Repeats { get; init; }

    /// <summary>A file that is removed, if it exists, just before the call: it vanishes.</summary>
    internal string? Vanishing { get; init; }
}
