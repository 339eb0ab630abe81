using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Multitasking.Bootstrap;
using Multitasking.Children;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

/// <summary>
/// Runs tasks in child processes. The one place that assigns work: it knows what each worker has and how far it is, so that the death of
/// one is the failure of one task and nothing else.
/// </summary>
/// <remarks>
/// One lock guards who has what. Answers are read under the lock of their worker (<see cref="WorkerProcess.Reading"/>), which is taken
/// before the pool's; no code of the user runs under either.
/// </remarks>
internal sealed partial class ProcessEngine : PoolEngine
{
    // Below this workers are given several tasks ahead.
    private static readonly long s_aheadTicks = Stopwatch.Frequency / 5_000;

    private static readonly long s_patience = Stopwatch.Frequency / 500;

    private readonly Lock _lock = new();
    private readonly OrderQueue _queue = new();
    private readonly List<WorkerProcess> _workers = [];
    private readonly UnreadAnswers _unread;
    private readonly CallerLook _look;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorkerProcess[] _snapshot = [];
    private int _workerNumber;
    private bool _isEnding;
    private bool _isAborted;
    private readonly StartPolicy _starts = new();
    private double _ticksPerOrder = double.PositiveInfinity;

    internal ProcessEngine(PoolOptions options) : base(options)
    {
        Platform.RequireLinux();
        Family.CheckDepth();
        if (options.Initializer is { } initializer)
            Initializer = WriteInitializer(initializer);
        _unread = new UnreadAnswers(ReadingLimit);
        _look = new CallerLook(this);
        Pump = new PoolPump(this);
    }

    /// <summary>What reading may leave behind of all that its workers send.</summary>
    internal ChildBudget Budget { get; } = new();

    internal Vocabulary Vocabulary { get; } = new();

    internal PoolPump Pump { get; }

    internal Stops Stops { get; } = new();

    internal override int WorkersAlive
    {
        get
        {
            lock (_lock)
                return _workers.Count(static worker => worker.IsReady && !worker.HasEnded);
        }
    }

    internal override string? Trouble
    {
        get
        {
            lock (_lock)
                return _starts.Trouble ?? (_stuck.Count > 0 ? string.Join("; ", _stuck.Values) : null);
        }
    }

    internal IReadOnlyList<int> WorkerIds
    {
        get
        {
            lock (_lock)
                return [.. _workers.Where(static worker => worker.IsReady && !worker.HasEnded).Select(static worker => worker.Id).OfType<int>()];
        }
    }

    internal bool HasEnded => _isEnding || _isAborted;

    internal bool IsAborted => Volatile.Read(ref _isAborted);

    /// <summary>The workers now; the array is never changed.</summary>
    internal WorkerProcess[] Snapshot()
    {
        lock (_lock)
            return _snapshot;
    }

    protected override void Accept(PoolTask task)
    {
        HotReload.Check();
        // Once: a start without a caller is never that of an initializer.
        if (ThisWorker.IsChild && Snapshot().Length == 0)
            RunningInitializer.Refuse();
        var order = OrderWriter.Write(this, task);
        order.Watch();
        if (Options.Retries > 0)
            order.Materialize();
        if (!Place(order, isNew: true))
        {
            // Nobody takes it now, and its caller is free to change his arrays when this returns.
            order.Materialize();
            Place(order, isNew: true);
        }
    }

    /// <summary>Writes what is left of a task anew, and gives it to a worker.</summary>
    private void Resubmit(PoolTask task)
    {
        Order order;
        try
        {
            order = WriteAgain(task);
            // Nobody stays to send the arrays that its target captured.
            order.Materialize();
        }
        catch (Exception exception)
        {
            task.FailRest(() => exception);
            task.Finish();
            return;
        }
        order.Watch();
        Place(order, isNew: false);
    }

    /// <summary>On a thread of the pool's, as the caller would.</summary>
    private Order WriteAgain(PoolTask task)
    {
        if (task.Context is null)
            return OrderWriter.Write(this, task);
        Order? order = null;
        ExecutionContext.Run(task.Context, _ => order = OrderWriter.Write(this, task), null);
        return order!;
    }

    /// <summary>Nothing of a pool goes on without its thread; where the system has none to give, the next task tries again.</summary>
    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types", Justification = "The runtime's own word for it, with the reason.")]
    private OutOfMemoryException? TryStartPump()
    {
        try
        {
            Pump.Start();
            return null;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            return new OutOfMemoryException("The system has no thread to give.", exception);
        }
    }

    /// <returns>Whether it was placed; not so an order with arrays of the caller that would have to wait.</returns>
    private bool Place(Order order, bool isNew)
    {
        if (TryStartPump() is { } noThread)
        {
            Refuse(order, new Lazy<Exception>(noThread), isFinal: false);
            return true;
        }
        WorkerProcess? worker = null;
        Lazy<Exception>? cause;
        bool isCancelled;
        lock (_lock)
        {
            order.Task.State = order;
            cause = _starts.Cause;
            isCancelled = _isAborted || order.Task.Token.IsCancellationRequested;
            if (cause is null && !isCancelled)
            {
                worker = TryPlace(order, Stopwatch.GetTimestamp());
                if (worker is null && order.Borrowed.Count > 0)
                    return false;
                if (worker is null && isNew)
                    _queue.Add(order);
                else if (worker is null)
                    _queue.AddFirst(order);
                StartWorkers();
            }
        }
        if (cause is not null)
            Refuse(order, cause, isFinal: true);
        else if (isCancelled)
            Settle(order, static task => task.CancelRest());
        else if (worker is not null && order.Borrowed.Count > 0)
            SendBorrowed(worker, order);
        else if (worker is not null && isNew && order.Count == 1 && _look.IsWorthIt(_ticksPerOrder))
            _look.Look(worker, order);
        return true;
    }

    /// <summary>On a reader thread: finding out why may call code of the user's.</summary>
    private void Refuse(Order order, Lazy<Exception> cause, bool isFinal) => order.DoOnReader(() =>
    {
        order.Task.FailRest(() => new PoolBrokenException(Name, cause.Value, isFinal));
        order.Task.Finish();
        order.Release();
    });

    /// <summary>Copies the caller's arrays straight into the ring while the worker reads it, unless that one is not reading.</summary>
    private void SendBorrowed(WorkerProcess worker, Order order)
    {
        long lastSent = Stopwatch.GetTimestamp();
        for (int looks = 0; ;)
        {
            lock (_lock)
            {
                if (order.Borrowed.Count == 0)
                    return;
                if (order.IsOrphaned)
                    break;
                if (order.Worker != worker)
                    return;
                long now = Stopwatch.GetTimestamp();
                if (worker.Sender.SendSome())
                {
                    lastSent = now;
                }
                else if (now - lastSent > s_patience)
                {
                    worker.Sender.Materialize(order);
                    return;
                }
            }
            if (++looks % 16 == 0)
                Thread.Yield();
            else
                Thread.SpinWait(20);
        }
        order.Materialize();
        order.IsOrphaned = false;
        Place(order, isNew: false);
    }

    /// <summary>Under the lock: gives an order to a worker, if one can take it now.</summary>
    private WorkerProcess? TryPlace(Order order, long now)
    {
        if (Choose(order, mayQueueBehind: _queue.IsEmpty) is not { } chosen)
            return null;
        Give(chosen, order, now);
        return chosen;
    }

    /// <summary>
    /// An idle worker, the warmest; or, for an order that no other waits before, the one with the least to do that should not run dry.
    /// </summary>
    private WorkerProcess? Choose(Order order, bool mayQueueBehind)
    {
        WorkerProcess? idle = null, least = null;
        int busy = 0;
        foreach (var worker in _workers)
        {
            if (worker.OrderCount > 0)
                busy++;
            if (!CanTake(worker, order))
                continue;
            if (worker.OrderCount == 0)
                idle = idle is null || worker.IsWarmerThan(idle) ? worker : idle;
            else if (least is null || worker.OrderCount < least.OrderCount)
                least = worker;
        }
        if (idle is not null && busy < Options.Workers)
            return idle;
        return mayQueueBehind && least is not null && least.OrderCount < Ahead() ? least : null;
    }

    private bool CanTake(WorkerProcess worker, Order order) =>
        worker is { IsReady: true, IsLeaving: false, HasEnded: false, HasUnsent: false }
        && worker.TerminateAt == long.MaxValue
        && worker.OrderCount < WorkerMemory.SlotCount
        && (Options.MaxTasksPerWorker is not { } most || worker.CallsGiven == 0 || worker.CallsGiven + order.Count <= most);

    private void Give(WorkerProcess worker, Order order, long now)
    {
        if (worker.OrderCount == 0)
            worker.SetSpinTime(Environment.ProcessorCount > 1 + _workers.Count(static other => other.OrderCount > 0) ? 50 : 5);
        worker.Give(order, now);
        if (worker.CallsGiven >= Options.MaxTasksPerWorker)
            Dismiss(worker, now);
        if (Options.TaskTimeout is not null && worker.OrderCount == 1)
            Pump.WakeBy(now + Ticks(Options.TaskTimeout.Value));
        else
            Pump.WakeBy(now + (order.Count > 1 ? s_chunkLook : s_busyLook));
    }

    /// <summary>How many orders a worker may have that works on one: so many that it does not run dry while its pool is asleep.</summary>
    private int Ahead() => _ticksPerOrder < s_aheadTicks * 100 ? (int)Math.Clamp(1 + (s_aheadTicks / _ticksPerOrder), 2, WorkerMemory.SlotCount) : 1;

    private void Dismiss(WorkerProcess worker, long now)
    {
        worker.IsLeaving = true;
        worker.Dismiss();
        if (worker.OrderCount == 0)
            LimitLeaving(worker, now);
    }

    /// <summary>Under the lock: hands out what waits.</summary>
    private void HandOut(long now)
    {
        while (_queue.TryPeek(out var order) && Choose(order, mayQueueBehind: true) is { } chosen)
        {
            _queue.RemoveFirst();
            Give(chosen, order, now);
        }
        if (_queue.TryPeek(out var waiting))
            foreach (var worker in _workers)
                // So near the end of its tasks that it cannot take this one.
                if (worker is { IsReady: true, IsLeaving: false, OrderCount: 0 } && worker.CallsGiven + waiting.Count > Options.MaxTasksPerWorker)
                    Dismiss(worker, now);
        StartWorkers();
        if (_queue.IsEmpty && CanShare())
            Pump.WakeBy(now + s_shareTicks);
    }

    internal override void Cancel(PoolTask task)
    {
        while (true)
        {
            WorkerProcess? worker;
            lock (_lock)
            {
                if (task.State is not Order order || task.IsOver)
                    return;
                worker = order.Worker;
                if (worker is null)
                {
                    // Between two workers it is seen when it is placed.
                    if (!_queue.Remove(order))
                        return;
                }
            }
            if (worker is null)
            {
                Settle((Order)task.State!, static waiting => waiting.CancelRest());
                return;
            }
            if (TryCancel(worker, task))
                return;
        }
    }

    private bool TryCancel(WorkerProcess worker, PoolTask task)
    {
        Order order;
        lock (worker.Reading)
        {
            lock (_lock)
            {
                if (task.State is not Order given || given.Worker != worker || worker.IsGone)
                    return false;
                order = given;
                order.Hurry();
                order.GiveUpReading(CancelWhatIsLeft);
                if (order.IsDone)
                    return true;
                int kept = worker.TakeBack(order);
                if (kept > order.Received && order.Reason == EndReason.None)
                {
                    End(worker, order, EndReason.Cancelled, Stopwatch.GetTimestamp());
                    return true;
                }
                if (kept > order.Received || order.IsDetached)
                    return true;
                // Not begun, between two of its calls, or answered: nothing of it runs.
                order.IsDetached = true;
            }
        }
        Settle(order, CancelWhatIsLeft, keepsBytes: true);
        return true;
    }

    private static void CancelWhatIsLeft(PoolTask task)
    {
        if (!task.IsAnswered)
            task.CancelRest();
    }

    /// <summary>A token that crossed with a task was cancelled.</summary>
    internal void CancelToken(Order order, int token)
    {
        lock (_lock)
            if (order.Worker is { HasEnded: false, IsGone: false } worker && !order.IsDetached)
                worker.Cancel(order, token);
    }

    /// <summary>
    /// Under the lock: ends the call that a worker runs, by asking if that can mean something, and by force when that does not help.
    /// </summary>
    private void End(WorkerProcess worker, Order order, EndReason reason, long now)
    {
        order.Reason = reason;
        order.Hurry();
        order.LimitReading(lost: null);
        worker.TakeBack(order);
        if (order.CanBeAsked)
            worker.Cancel(order, 0);
        worker.TerminateAt = order.CanBeAsked ? now + Ticks(Options.TerminationGrace) : now;
        Pump.Wake();
    }

    /// <summary>Ends a task in place of the answers that it will not get.</summary>
    private static void Settle(Order order, Action<PoolTask> outcome, bool keepsBytes = false)
    {
        order.Do(() =>
        {
            outcome(order.Task);
            order.Task.Finish();
        });
        if (!keepsBytes)
            order.Release();
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
