namespace Multitasking.Invocation;

/// <summary>Runs calls of one kind inside a worker process. Its type names the kind on the wire.</summary>
internal abstract class Runner
{
    /// <summary>What the calls return.</summary>
    internal abstract Type ResultType { get; }

    /// <summary>Whether all results take the same number of bytes.</summary>
    internal abstract bool HasFixedResults { get; }

    /// <summary>Runs the calls of one task as far as they are not taken back.</summary>
    /// <param name="run">Where they come from and their answers go.</param>
    /// <param name="target">What is called.</param>
    internal abstract void Run(TaskRun run, Delegate target);
}
