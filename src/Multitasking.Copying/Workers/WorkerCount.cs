using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>How many workers to begin with, and how many there may become.</summary>
internal readonly record struct WorkerCount(int First, int Most)
{
    private const int MostRemote = 64;
    private const int FirstRemote = 16;
    private const int MostLocal = 16;

    /// <summary>
    /// As many as were asked for; else one a core, which local file systems keep busy, and more where each call waits for another machine.
    /// </summary>
    internal static WorkerCount For(CopyOptions options, CopyTree tree)
    {
        if (options.Workers > 0)
            return new WorkerCount(options.Workers, options.Workers);
        int cores = Environment.ProcessorCount;
        if (tree.IsRemote)
            return new WorkerCount(Math.Max(FirstRemote, cores), Math.Max(MostRemote, cores));
        // Beyond two a core, workers on one machine get into each other's way.
        return options.Isolation == WorkerIsolation.Processes ? new WorkerCount(cores, cores) : new WorkerCount(cores, Math.Max(cores, Math.Min(MostLocal, 2 * cores)));
    }
}
