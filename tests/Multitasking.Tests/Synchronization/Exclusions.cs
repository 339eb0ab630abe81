using Multitasking.Synchronization;

namespace Multitasking.Tests.Synchronization;

internal sealed class MutexExclusion(ProcessMutex mutex) : IExclusion
{
    public IDisposable? TryEnter(TimeSpan limit, CancellationToken token) => mutex.TryEnter(limit, out var hold, token) ? hold : null;

    public async Task<IDisposable?> TryEnterAsync(TimeSpan limit, CancellationToken token) => await mutex.TryEnterAsync(limit, token);

    public void Dispose() => mutex.Dispose();
}

internal sealed class SemaphoreExclusion(ProcessSemaphore semaphore) : IExclusion
{
    public IDisposable? TryEnter(TimeSpan limit, CancellationToken token) => semaphore.TryEnter(limit, out var hold, token) ? hold : null;

    public async Task<IDisposable?> TryEnterAsync(TimeSpan limit, CancellationToken token) => await semaphore.TryEnterAsync(limit, token);

    public void Dispose() => semaphore.Dispose();
}

/// <summary>Taken for good and released: a semaphore as a signal.</summary>
internal sealed class SignalExclusion(ProcessSemaphore semaphore) : IExclusion
{
    public IDisposable? TryEnter(TimeSpan limit, CancellationToken token) => semaphore.TryWait(limit, token) ? new Undo(() => semaphore.Release()) : null;

    public async Task<IDisposable?> TryEnterAsync(TimeSpan limit, CancellationToken token) => await semaphore.TryWaitAsync(limit, token) ? new Undo(() => semaphore.Release()) : null;

    public void Dispose() => semaphore.Dispose();
}

/// <summary>An event that resets itself lets one through, who sets it again.</summary>
internal sealed class EventExclusion(ProcessEvent free) : IExclusion
{
    public IDisposable? TryEnter(TimeSpan limit, CancellationToken token) => free.TryWait(limit, token) ? new Undo(free.Set) : null;

    public async Task<IDisposable?> TryEnterAsync(TimeSpan limit, CancellationToken token) => await free.TryWaitAsync(limit, token) ? new Undo(free.Set) : null;

    public void Dispose() => free.Dispose();
}

internal sealed class ConditionExclusion(ProcessCondition condition) : IExclusion
{
    public IDisposable? TryEnter(TimeSpan limit, CancellationToken token) => condition.TryEnter(limit, out var hold, token) ? hold : null;

    public async Task<IDisposable?> TryEnterAsync(TimeSpan limit, CancellationToken token) => await condition.TryEnterAsync(limit, token);

    public void Dispose() => condition.Dispose();
}

internal sealed class Undo(Action undo) : IDisposable
{
    private Action? _undo = undo;

    public void Dispose() => Interlocked.Exchange(ref _undo, null)?.Invoke();
}
