namespace Multitasking.Copying.Planning;

/// <summary>What became of one entry; <c>default</c> where there is nothing to tell, because somebody else tells it later.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Bytes">The contents that were written.</param>
/// <param name="Passed">The contents that needed not be, or could not be, written.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Fault">What went wrong, if anything.</param>
internal readonly record struct Outcome(CopyEventKind Kind, long Bytes, long Passed, string? Reason, Fault Fault)
{
    /// <summary>Whether this says anything yet.</summary>
    internal bool IsSettled { get; private init; }

    internal bool IsFailure => !Fault.IsNone;

    internal static Outcome Of(CopyEventKind kind, long bytes = 0, string? reason = null) => new(kind, bytes, 0, reason, default) { IsSettled = true };

    /// <summary>Nothing was written, because it is there already or is to be left out.</summary>
    internal static Outcome Passing(CopyEventKind kind, long bytes, string? reason = null) => new(kind, 0, bytes, reason, default) { IsSettled = true };

    internal static Outcome Failed(Fault fault) => new(CopyEventKind.Failed, 0, 0, null, fault) { IsSettled = true };

    public static implicit operator Outcome(Fault fault) => Failed(fault);
}
