using System.Diagnostics;
using Multitasking.Children;
using Multitasking.Interop;
using Multitasking.Readers;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

// The coming and going of workers.
internal sealed partial class ProcessEngine
{
    // What a worker says it has not begun is run elsewhere, but a task may have wiped that out before it took its worker with it.
    private const int MostDeathsInFront = 3;

    private static readonly long s_longLife = Stopwatch.Frequency;

    // How often a busy worker's answers are looked at without being told: those of a chunk are told together, and one may have closed its
    // bell.
    private static readonly long s_chunkLook = Stopwatch.Frequency / 500, s_busyLook = Stopwatch.Frequency / 4;

    // Beyond the time limit of a task, for a process to start.
    private static readonly TimeSpan s_startAllowance = TimeSpan.FromSeconds(10);

    // The same for a worker that is there, to begin what it was given, or to pass over what was taken back.
    private static readonly TimeSpan s_beginAllowance = TimeSpan.FromSeconds(3);

    // What a start takes at its height and what the runtime needs to live (a thread takes two), with other workers and without.
    private const int DescriptorsToSpare = 40, DescriptorsToStart = 20;

    private static readonly long s_postponement = Stopwatch.Frequency;

    private readonly Dictionary<WorkerProcess, string> _stuck = [];

    /// <summary>A worker has come to life. On the monitor's thread.</summary>
    internal void OnReady(WorkerProcess worker)
    {
        lock (_lock)
        {
            if (worker.HasEnded || worker.IsDoomed)
                return;
            worker.IsReady = true;
            long now = worker.LastActive = Stopwatch.GetTimestamp();
            if (HasEnded)
                Doom(worker, now);
            else
                HandOut(now);
            if (Options.IdleTimeout is { } idle)
                Pump.WakeBy(now + Ticks(idle));
        }
        // What stands behind a long task is shared out now.
        Pump.Wake();
    }

    /// <summary>SIGKILL did not end a worker: another takes its place, and it is named until it ends. On the monitor's thread.</summary>
    internal void OnStuck(WorkerProcess worker, string what)
    {
        lock (_lock)
            _stuck.Add(worker, what);
    }

    internal void OnStuckEnded(WorkerProcess worker)
    {
        lock (_lock)
            _stuck.Remove(worker);
    }

    internal void OnPumpEnded()
    {
        InitializerCrossing.Release();
        _ended.TrySetResult();
    }

    internal override void Abort()
    {
        List<Order> waiting;
        lock (_lock)
        {
            _isAborted = true;
            waiting = _queue.TakeAll();
            long now = Stopwatch.GetTimestamp();
            foreach (var worker in _workers)
            {
                Doom(worker, now);
                worker.Child?.Kill();
            }
        }
        _unread.Cancel();
        foreach (var order in waiting)
            Settle(order, static task => task.CancelRest());
        WakeToEnd();
    }

    internal override Task EndAsync()
    {
        lock (_lock)
        {
            _isEnding = true;
            long now = Stopwatch.GetTimestamp();
            foreach (var worker in _workers)
                if (!worker.IsReady)
                    Doom(worker, now);
                else
                    EndSoon(worker, now);
        }
        WakeToEnd();
        return _ended.Task;
    }

    /// <summary>Under the lock: what it has was answered, or was taken back, which a worker that is stopped does not notice.</summary>
    private void EndSoon(WorkerProcess worker, long now)
    {
        if (!worker.IsLeaving)
            Dismiss(worker, now);
        if (worker.TerminateAt == long.MaxValue)
            LimitLeaving(worker, now);
    }

    /// <summary>Does what time has come for, and says when to look again.</summary>
    internal long DoWhatIsDue(long now)
    {
        foreach (var worker in Snapshot())
            if (worker.HasEnded)
                OnGone(worker, now);
            else if (worker.TerminateAt <= now)
                TerminateAlone(worker, now);
        ShareOut(now);
        long next = _unread.EndOverdue(now);
        lock (_lock)
        {
            foreach (var worker in _workers)
                next = Math.Min(next, Attend(worker, now));
            if (!_queue.IsEmpty && _starts.NotBefore > now)
                next = Math.Min(next, _starts.NotBefore);
            HandOut(now);
            return next;
        }
    }

    /// <summary>Under the lock: what is due for one worker.</summary>
    /// <returns>When to look at it again.</returns>
    private long Attend(WorkerProcess worker, long now)
    {
        long next = long.MaxValue;
        worker.Sender.Flush();
        worker.Orders.FlushDescriptors();
        if (worker is { IsReady: false, TerminateAt: long.MaxValue } && StartLimit(worker) is { } limit)
            next = limit > now ? limit : Doom(worker, now);
        next = Math.Min(next, worker.TerminateAt);
        if (worker.Front is { Reason: EndReason.None } order)
            next = Math.Min(next, HoldToTimeLimit(worker, order, now));
        if (worker.Front is { } front)
            next = Math.Min(next, now + (front.Count > 1 ? s_chunkLook : s_busyLook));
        if (Options.IdleTimeout is { } idle && worker is { IsReady: true, IsLeaving: false, OrderCount: 0 })
        {
            if (worker.LastActive + Ticks(idle) > now)
                next = Math.Min(next, worker.LastActive + Ticks(idle));
            else if (!IsSpare(worker))
                Dismiss(worker, now);
        }
        return next;
    }

    /// <summary>Tells whether it is the one that is kept ready while others work: another would be started in its place.</summary>
    private bool IsSpare(WorkerProcess worker) =>
        (!_queue.IsEmpty || _workers.Exists(static other => other.OrderCount > 0))
        && !_workers.Exists(other => other != worker && other is { IsReady: true, IsLeaving: false, HasEnded: false, OrderCount: 0 });

    private long? StartLimit(WorkerProcess worker) =>
        Options.TaskTimeout is { } limit && !Debugger.IsAttached ? worker.StartedAt + Ticks(limit + s_startAllowance) : null;

    private long HoldToTimeLimit(WorkerProcess worker, Order order, long now)
    {
        if ((Options.TaskTimeout ?? (order.IsDetached ? Options.TerminationGrace : null)) is not { } timeout || Debugger.IsAttached)
            return long.MaxValue;
        int begun = worker.Begun(order);
        long limit = Ticks(timeout), since = worker.StandsSince(order, begun, now);
        if (order.IsDetached || begun <= order.Received)
            return Math.Min(order.IsDetached ? long.MaxValue : now + limit, HoldToBegin(worker, order, since + limit + Ticks(s_beginAllowance) + Stops.Since(since), now));
        // As the worker says, as far as that can be: not before it came to the front, and not after it was seen to run.
        long start = Math.Min(Math.Max(worker.CallStartedAt, worker.FrontSince), since), due = start + limit + Stops.Since(start);
        if (due > now)
            return due;
        End(worker, order, EndReason.TimedOut, now);
        return worker.TerminateAt;
    }

    /// <summary>A worker that runs nothing of the order in front of it, and does not come to its end either, has stopped.</summary>
    private long HoldToBegin(WorkerProcess worker, Order order, long due, long now) =>
        due > now ? due : worker.TakeBack(order) > order.Received && !order.IsDetached ? now : Doom(worker, now);

    /// <summary>Ends a worker whose time has come, unless the task has ended that it was for, and takes nobody with it.</summary>
    private void TerminateAlone(WorkerProcess worker, long now)
    {
        List<Order> others;
        lock (worker.Reading)
        {
            lock (_lock)
            {
                if (worker.IsGone || worker.TerminateAt > now)
                    return;
                others = worker.TakeBackBehind();
            }
            // Nothing else can begin now; what was to be ended may have ended.
            int share = AnswerHearer.FairShare;
            AnswerHearer.TryRead(worker, ref share);
            lock (_lock)
                if (worker.TerminateAt <= now)
                    Terminate(worker, now);
        }
        for (int i = others.Count - 1; i >= 0; i--)
            Place(others[i], isNew: false);
    }

    private void Terminate(WorkerProcess worker, long now)
    {
        if (worker.Child is not { } child)
        {
            // It is just being started: it is ended as soon as it exists.
            worker.TerminateAt = now + (Stopwatch.Frequency / 200);
            return;
        }
        worker.TerminateAt = long.MaxValue;
        worker.IsDoomed = worker.IsLeaving = true;
        if (_isAborted)
            child.Kill();
        else
            child.Terminate();
    }

    private long Doom(WorkerProcess worker, long now)
    {
        worker.IsDoomed = worker.IsLeaving = true;
        worker.TerminateAt = now;
        Pump.Wake();
        return now;
    }

    private void LimitLeaving(WorkerProcess worker, long now)
    {
        if (worker.IsDoomed)
            return;
        worker.TerminateAt = now + Ticks(Options.TerminationGrace);
        Pump.WakeBy(worker.TerminateAt);
    }

    /// <summary>Under the lock: as many workers as there is work for, and one more.</summary>
    private void StartWorkers(int atLeast = 0)
    {
        if (HasEnded || _starts.Cause is not null)
            return;
        if (ParentExit.HasBegun)
        {
            // Somebody may wait for what is queued in a handler of the exit, and with him the exit.
            if (_workers.Count == 0)
                Break(new Lazy<Exception>(static () => new InvalidOperationException("This process is ending, and starts no further workers.")));
            return;
        }
        int live = 0, ready = 0, wanted = _queue.Count;
        foreach (var worker in _workers)
        {
            if (worker.HasEnded || worker.IsLeaving)
                continue;
            live++;
            ready += worker.IsReady ? 1 : 0;
            wanted += worker.OrderCount;
        }
        wanted = Math.Max(atLeast, Math.Min(wanted, Options.Workers));
        // The spare waits until it takes nothing from one that is needed.
        if (wanted > 0 && ready > 0 && ready == live)
            wanted++;
        if (live >= wanted)
            return;
        long now = Stopwatch.GetTimestamp();
        for (; live < wanted && now >= _starts.NotBefore; live++)
            StartWorker(now);
        if (live < wanted)
            Pump.WakeBy(_starts.NotBefore);
    }

    private void StartWorker(long now)
    {
        int needed = _workers.Count > 0 ? DescriptorsToSpare : DescriptorsToStart;
        if (OpenDescriptors.Left(needed) is { } left && left < needed)
        {
            NoteShortage(left, now);
            return;
        }
        try
        {
            _workers.Add(WorkerProcess.Start(this, $"{Name}-{++_workerNumber}", now));
            _snapshot = [.. _workers];
            Meter.OnWorkerStarted();
            Pump.Wake();
        }
        catch (Exception exception)
        {
            NoteFailedStart(new Lazy<Exception>(exception), isPassing: true, now);
        }
    }

    /// <summary>The last descriptors are the runtime's, which ends the program when it finds none.</summary>
    private void NoteShortage(long left, long now)
    {
        string why = $"only {left} of the descriptors that this process may open are left, too few for another worker";
        if (_workers.Count > 0)
            _starts.Postpone(why, now + s_postponement);
        else
            NoteFailedStart(new Lazy<Exception>(new InvalidOperationException($"A worker cannot be started: {why}.")), isPassing: true, now);
    }

    private void NoteFailedStart(Lazy<Exception> cause, bool isPassing, long now)
    {
        bool hasOthers = _workers.Exists(static worker => worker.IsReady && !worker.HasEnded);
        if (_starts.NoteFailure(cause, isPassing, hasOthers, now))
            RefuseAll(cause);
        Pump.Wake();
    }

    /// <summary>Under the lock: no task will be run any more.</summary>
    private void Break(Lazy<Exception> cause)
    {
        _starts.Break(cause);
        RefuseAll(cause);
    }

    /// <summary>Under the lock: all that waits fails, and what is being started is not waited for.</summary>
    private void RefuseAll(Lazy<Exception> cause)
    {
        bool isFinal = _starts.Cause is not null;
        long now = Stopwatch.GetTimestamp();
        foreach (var worker in _workers)
            if (!worker.IsReady)
            {
                worker.IsUnwanted = true;
                Doom(worker, now);
            }
        foreach (var order in _queue.TakeAll())
            Refuse(order, cause, isFinal);
    }

    /// <summary>A worker's process is gone and reaped. On the pump's thread.</summary>
    private void OnGone(WorkerProcess worker, long now)
    {
        List<Order> orders;
        List<bool> wasRunning;
        bool isAccident;
        lock (worker.Reading)
        {
            if (worker.IsGone)
                return;
            // What it answered before its end lies in the ring: all of it is heard, but not what others write there that it has left
            // behind.
            int share = WorkerMemory.RingSize;
            do
                worker.Backlog.Open();
            while (AnswerHearer.TryRead(worker, ref share));
            lock (_lock)
            {
                orders = worker.Unfinished();
                wasRunning = [.. orders.Select(order => WasRunning(worker, order))];
                _workers.Remove(worker);
                Meter.OnWorkerEnded(worker.Child is null ? "not_started" : worker.IsDoomed ? "ended" : worker.IsLeaving ? "left" : "lost");
                _snapshot = [.. _workers];
                worker.Dispose();
                isAccident = !worker.IsLeaving || worker.IsFaulted;
                bool wasOfUse = worker.OrdersDone > 0 || wasRunning.Contains(true) || now - worker.StartedAt > s_longLife;
                // One that the pool itself ended before it was ready says nothing about the next.
                if (!HasEnded && worker is { IsReady: false, IsUnwanted: false })
                    // Where nothing of the user's runs in it before it is ready, the fault is the system's.
                    NoteFailedStart(worker.Loss.WhyNotAlive(), isPassing: worker.Child is null || Initializer is null, now);
                else if (!HasEnded && worker is { IsReady: true } && isAccident && !wasOfUse)
                    _starts.NoteDeath(now);
                for (int i = 0; i < orders.Count; i++)
                {
                    orders[i].Worker = null;
                    orders[i].IsInOutbox = false;
                    orders[i].IsOrphaned = !wasRunning[i] && orders[i].Borrowed.Count > 0 && !orders[i].IsDetached;
                }
                StartWorkers(isAccident && now - worker.StartedAt > s_longLife ? 1 : 0);
            }
        }
        // Backwards, for each goes to the front of the queue.
        for (int i = orders.Count - 1; i >= 0; i--)
        {
            var order = orders[i];
            bool ran = wasRunning[i];
            if (isAccident)
                order.LimitReading(worker);
            if (order.IsDetached)
                order.Release();
            else if (!order.IsOrphaned)
                order.Do(() => AfterDeath(order, ran, worker));
        }
    }

    private static bool WasRunning(WorkerProcess worker, Order order)
    {
        if (worker.Begun(order) > order.Received || order.IsDetached)
            return worker.Begun(order) > order.Received;
        return (order.IsSpent && order.Received == 0) || (order == worker.Front && order.Task.NoteDeathInFront() >= MostDeathsInFront);
    }

    private void AfterDeath(Order order, bool wasRunning, WorkerProcess worker)
    {
        var task = order.Task;
        bool isCancelled = _isAborted || order.Reason == EndReason.Cancelled;
        if (wasRunning && !isCancelled)
        {
            if (order.ReportFailure is { } failure)
                task.Fail(failure);
            else if (order.Reason == EndReason.TimedOut)
                task.Fail(order.TimeoutException(worker.Loss.Stuck));
            else if (task.Losses < Options.Retries)
                task.NoteRetry();
            else
                task.Fail(worker.Lost(order, "before it answered"));
        }
        if (isCancelled && !task.IsAnswered)
            task.CancelRest();
        if (task.IsAnswered)
        {
            order.Release();
            task.Finish();
        }
        else if (order.CanBeGivenAgain)
        {
            Place(order, isNew: false);
        }
        else
        {
            order.Release();
            ReaderThreads.Run(() => Resubmit(task));
        }
    }

    private void WakeToEnd()
    {
        if (Pump.TryClose())
            OnPumpEnded();
        else
            Pump.Wake();
    }
}
