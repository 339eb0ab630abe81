namespace Multitasking.Invocation;

/// <summary>Runs calls of one kind inside a worker process. Its type names the kind on the wire.</summary>
internal abstract class Runner
{
    /// <summary>What the calls return.</summary>
    internal abstract Type ResultType { get; }

    /// <summary>Whether all results take the same number of bytes.</summary>
    internal abstract bool HasFixedResults { get; }

    /// <summary>How many bytes that is.</summary>
    internal abstract int ResultSize { get; }

    /// <summary>Whether reading a result calls no code of the user.</summary>
    internal abstract bool HasPlainResults { get; }

    /// <summary>Whether a target of this kind takes a token.</summary>
    internal abstract bool TakesToken { get; }

    /// <summary>Runs the calls of one task as far as they are not taken back. The first has been claimed.</summary>
    /// <param name="run">Where they come from and their answers go.</param>
    /// <param name="target">What is called.</param>
    internal abstract void Run(TaskRun run, Delegate target);
}
