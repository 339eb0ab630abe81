namespace Multitasking.Copying;

/// <summary>What the workers of a copy are.</summary>
public enum WorkerIsolation
{
    /// <summary>Threads of this process: the fastest.</summary>
    Threads,

    /// <summary>
    /// Child processes: a worker that crashes or is killed loses nothing, its files are copied again by another one.
    /// </summary>
    Processes,
}
