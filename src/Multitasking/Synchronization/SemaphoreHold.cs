namespace Multitasking.Synchronization;

/// <summary>A permit of a <see cref="ProcessSemaphore"/> that is held; disposing of it returns the permit. For <c>using</c>.</summary>
/// <remarks>Disposing of it again, or after the semaphore was disposed of, does nothing. A hold that is dropped without being disposed of keeps its permit until the process lets go of the semaphore.</remarks>
public sealed class SemaphoreHold : IDisposable
{
    private ProcessSemaphore? _semaphore;

    internal SemaphoreHold(ProcessSemaphore semaphore) => _semaphore = semaphore;

    /// <summary>Returns the permit, on any thread.</summary>
    /// <exception cref="InvalidDataException">The shared memory was written to by something else.</exception>
    public void Dispose() => Interlocked.Exchange(ref _semaphore, null)?.Return();
}
