using System.Diagnostics.CodeAnalysis;
using Multitasking.Readers;

namespace Multitasking.Children;

/// <summary>
/// The wait for the one answer of a child. It ends with the child, or with the end of all waiting for it, and the answer is read on a
/// reader thread: neither the monitor nor the shared thread pool is needed, and a limit or a cancellation ends a reading that does not.
/// </summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The end of the wait disposes of the clock.")]
internal sealed class PendingAnswer<T> : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChildRecord _record;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly Timer? _clock;
    private long _readBy = long.MaxValue;

    /// <param name="record">The child, which is not started yet.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellation">Ends the child and the wait.</param>
    internal PendingAnswer(ChildRecord record, TimeSpan limit, CancellationToken cancellation)
    {
        _record = record;
        _limit = limit;
        _cancellation = cancellation;
        Deadline = limit == Timeout.InfiniteTimeSpan ? long.MaxValue : Deadlines.In(limit);
        // Made now and set later: the monitor's thread needs nothing new then.
        if (Deadline != long.MaxValue)
            _clock = new Timer(static answer => ((PendingAnswer<T>)answer!).OnLimitOfReading(), this, Timeout.Infinite, Timeout.Infinite);
        _registration = cancellation.UnsafeRegister(static answer => ((PendingAnswer<T>)answer!).OnCancelled(), this);
    }

    internal Task<T> Task => _source.Task;

    /// <summary>The time at which the child is to be ended, in stopwatch ticks; <see cref="long.MaxValue"/> for never.</summary>
    internal long Deadline { get; }

    /// <summary>There is nothing more to wait for: the answer is read, or the reason found why there is none.</summary>
    internal void Conclude()
    {
        if (_clock is not null)
        {
            _readBy = Math.Max(Deadline, Deadlines.In(Deadlines.LeastForReading));
            _clock.Change((long)Deadlines.Until(_readBy).TotalMilliseconds, Timeout.Infinite);
        }
        ReaderThreads.Run(this);
    }

    /// <summary>The child could not be started.</summary>
    internal void Fail(Exception exception)
    {
        LetGo();
        _source.TrySetException(exception);
    }

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            if (_record.WhyNoAnswer(_limit, _readBy, _cancellation) is not { } failure)
                _source.TrySetResult(_record.ReadAnswer<T>(_readBy));
            else if (failure is OperationCanceledException)
                _source.TrySetCanceled(_cancellation);
            else
                _source.TrySetException(failure);
        }
        catch (Exception exception)
        {
            _source.TrySetException(exception);
        }
        LetGo();
    }

    private void OnCancelled()
    {
        _record.Terminate();
        if (_record.Ended.IsCompleted)
            _source.TrySetCanceled(_cancellation);
    }

    private void OnLimitOfReading() => _source.TrySetException(_record.TimedOut(_limit));

    private void LetGo()
    {
        _registration.Unregister();
        _clock?.Dispose();
    }
}
