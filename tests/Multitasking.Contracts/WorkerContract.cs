namespace Multitasking.Contracts;

/// <summary>What every <see cref="Worker"/> does, whether it is a process or a thread.</summary>
public abstract class WorkerContract;
