using System.Diagnostics;
using Multitasking.Children;
using Multitasking.Interop;

namespace Multitasking.Pools.Processes;

// The coming and going of workers.
internal sealed partial class ProcessEngine
{
    private const int MostFailedStarts = 3, MostUselessLives = 20;

    // Whether a call was begun, its worker says: one that destroys its worker and that word with it would be given to one worker after the other.
    private const int MostStrandings = 3;

    private static readonly long s_firstPause = Stopwatch.Frequency / 20;
    private static readonly long s_longLife = Stopwatch.Frequency;

    // How often a busy worker's answers are looked at without being told: those of a chunk are told together, and one may have closed its bell.
    private static readonly long s_chunkLook = Stopwatch.Frequency / 500, s_busyLook = Stopwatch.Frequency / 4;

    // Whoever has worked on something for that long shares what he has not begun.
    private static readonly long s_shareTicks = Stopwatch.Frequency / 1000;

    // Beyond the time limit of a task, for a process to start.
    private static readonly TimeSpan s_startAllowance = TimeSpan.FromSeconds(10);

    private int _failedStarts;
    private int _uselessLives;
    private long _startNotBefore = long.MinValue;

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

    internal void OnPumpEnded() => _ended.TrySetResult();

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
                worker.Child?.Signal(Constants.SIGKILL);
            }
        }
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
                else if (!worker.IsLeaving)
                    Dismiss(worker, now);
        }
        WakeToEnd();
        return _ended.Task;
    }

    /// <summary>Does what time has come for, and says when to look again.</summary>
    internal long DoWhatIsDue(long now)
    {
        foreach (var worker in Snapshot())
            if (worker.HasEnded)
                OnGone(worker, now);
        ShareOut(now);
        lock (_lock)
        {
            long next = long.MaxValue;
            foreach (var worker in _workers)
                next = Math.Min(next, Attend(worker, now));
            if (!_queue.IsEmpty && _startNotBefore > now)
                next = Math.Min(next, _startNotBefore);
            StartWorkers();
            return next;
        }
    }

    /// <summary>Under the lock: what is due for one worker.</summary>
    /// <returns>When to look at it again.</returns>
    private long Attend(WorkerProcess worker, long now)
    {
        long next = long.MaxValue;
        worker.Sender.Flush();
        if (worker.TerminateAt <= now)
            Terminate(worker, now);
        else if (worker is { IsReady: false, TerminateAt: long.MaxValue } && StartLimit(worker) is { } limit)
            next = limit > now ? limit : Doom(worker, now);
        next = Math.Min(next, worker.TerminateAt);
        if (worker.Front is { Reason: EndReason.None, IsDetached: false } order)
            next = Math.Min(next, HoldToTimeLimit(worker, order, now));
        if (worker.Front is { } front)
            next = Math.Min(next, now + (front.Count > 1 ? s_chunkLook : s_busyLook));
        if (Options.IdleTimeout is { } idle && worker is { IsReady: true, IsLeaving: false, OrderCount: 0 })
        {
            if (worker.LastActive + Ticks(idle) <= now)
                Dismiss(worker, now);
            else
                next = Math.Min(next, worker.LastActive + Ticks(idle));
        }
        return next;
    }

    private long? StartLimit(WorkerProcess worker) =>
        Options.TaskTimeout is { } limit && !Debugger.IsAttached ? worker.StartedAt + Ticks(limit + s_startAllowance) : null;

    private long HoldToTimeLimit(WorkerProcess worker, Order order, long now)
    {
        if (Options.TaskTimeout is not { } timeout || Debugger.IsAttached)
            return long.MaxValue;
        long limit = Ticks(timeout);
        int begun = worker.Begun(order);
        // Whatever the worker says of itself: by then its calls have ended, or the first has begun.
        long latest = worker.FrontSince + ((begun + 1) * limit) + Ticks(s_startAllowance);
        if (begun == 0 && latest <= now && !worker.HasUnsent)
            worker.Fault(new TimeoutException("It did not begin what it was given."));
        if (begun <= order.Received)
            return now + limit;
        // As the worker says, as far as that can be; what came to the front meanwhile may be later than this look.
        long due = Math.Min(Math.Min(Math.Max(worker.CallStartedAt, worker.FrontSince), now) + limit, latest);
        if (due > now)
            return due;
        End(worker, order, EndReason.TimedOut, now);
        return worker.TerminateAt;
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
            child.Signal(Constants.SIGKILL);
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
        if (HasEnded || _cause is not null || ParentExit.HasBegun)
            return;
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
        if (now < _startNotBefore)
            Pump.WakeBy(_startNotBefore);
        else
            for (; live < wanted; live++)
                StartWorker(now);
    }

    private void StartWorker(long now)
    {
        try
        {
            _workers.Add(WorkerProcess.Start(this, $"{Name}-{++_workerNumber}", now));
            _snapshot = [.. _workers];
            Meter.OnWorkerStarted();
            Pump.Start();
            Pump.Wake();
        }
        catch (Exception exception)
        {
            NoteFailedStart(exception, now);
        }
    }

    /// <summary>A worker that does not come to life is tried again twice, a little later each time.</summary>
    private void NoteFailedStart(Exception cause, long now)
    {
        _failedStarts++;
        _startNotBefore = now + (s_firstPause << Math.Min(_failedStarts - 1, 5));
        if (_failedStarts >= MostFailedStarts && !_workers.Exists(static worker => worker.IsReady && !worker.HasEnded))
        {
            _cause = cause;
            foreach (var order in _queue.TakeAll())
                ThreadPool.UnsafeQueueUserWorkItem(waiting => Refuse(waiting, cause), order, preferLocal: false);
        }
        Pump.Start();
        Pump.Wake();
    }

    /// <summary>It came to life, and somebody killed it: no reason to give up, unless it happens again and again.</summary>
    private void NoteUselessLife(WorkerProcess worker, long now)
    {
        if (++_uselessLives >= MostUselessLives)
            NoteFailedStart(worker.WhyNotAlive(), now);
        else
            _startNotBefore = Math.Max(_startNotBefore, now + s_firstPause);
    }

    /// <summary>A worker's process is gone and reaped. On the pump's thread.</summary>
    private void OnGone(WorkerProcess worker, long now)
    {
        List<Order> orders;
        List<bool> wasRunning;
        lock (worker.Reading)
        {
            if (worker.IsGone)
                return;
            // What it answered before its end lies in the ring.
            worker.IsBehind = false;
            TryRead(worker);
            lock (_lock)
            {
                orders = worker.Orders();
                wasRunning = [.. orders.Select(order => worker.Begun(order) > order.Received)];
                _workers.Remove(worker);
                Meter.OnWorkerEnded(worker.Child is null ? "not_started" : worker.IsDoomed ? "ended" : worker.IsLeaving ? "left" : "lost");
                _snapshot = [.. _workers];
                worker.Dispose();
                bool isAccident = !worker.IsLeaving;
                bool wasOfUse = worker.OrdersDone > 0 || wasRunning.Contains(true) || now - worker.StartedAt > s_longLife;
                if (!HasEnded && !worker.IsReady)
                    NoteFailedStart(worker.WhyNotAlive(), now);
                else if (!HasEnded && isAccident && !wasOfUse)
                    NoteUselessLife(worker, now);
                for (int i = 0; i < orders.Count; i++)
                {
                    orders[i].Worker = null;
                    orders[i].IsOrphaned = !wasRunning[i] && orders[i].Borrowed.Count > 0 && !orders[i].IsDetached;
                }
                StartWorkers(isAccident && now - worker.StartedAt > s_longLife ? 1 : 0);
            }
        }
        // Backwards, for each goes to the front of the queue.
        for (int i = orders.Count - 1; i >= 0; i--)
        {
            var order = orders[i];
            bool ran = wasRunning[i] || (i == 0 && !order.IsDetached && ++order.Task.Strandings > MostStrandings);
            if (order.IsDetached)
                order.Release();
            else if (!order.IsOrphaned)
                order.Do(() => AfterDeath(order, ran, worker), mayRunUserCode: false);
        }
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
                task.Fail(order.TimeoutException());
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
        else if (task.Answered == order.First && order.Reason == EndReason.None)
        {
            Place(order, isNew: false);
        }
        else
        {
            order.Release();
            ThreadPool.UnsafeQueueUserWorkItem(Resubmit, task, preferLocal: false);
        }
    }

    /// <summary>Gives idle workers what others have not begun: an order queued behind a long one, half of the rest of a chunk.</summary>
    private void ShareOut(long now)
    {
        while (true)
        {
            WorkerProcess? victim;
            lock (_lock)
                victim = FindVictim(now);
            if (victim is null || !TryTakeFrom(victim))
                return;
        }
    }

    /// <summary>Under the lock: whether somebody is idle while another has more than it works on.</summary>
    private bool CanShare()
    {
        bool isIdle = false, hasMore = false;
        int busy = 0;
        foreach (var worker in _workers)
        {
            if (worker.OrderCount > 0)
                busy++;
            else
                isIdle |= worker is { IsReady: true, IsLeaving: false, HasEnded: false };
            hasMore |= worker.OrderCount > 1 || (worker.Front is { Count: > 1 } front && front.Count - worker.Begun(front) > 1);
        }
        return isIdle && hasMore && busy < Options.Workers;
    }

    private WorkerProcess? FindVictim(long now)
    {
        if (!_queue.IsEmpty || !CanShare())
            return null;
        WorkerProcess? victim = null;
        foreach (var worker in _workers)
        {
            if (worker.HasEnded || worker.HasUnsent || worker.Front is not { } front || now - worker.FrontSince < s_shareTicks)
                continue;
            if (worker.OrderCount > 1 || front.Count - worker.Begun(front) > 1)
                victim = victim is null || worker.OrderCount > victim.OrderCount ? worker : victim;
        }
        if (victim is null)
            Pump.WakeBy(now + s_shareTicks);
        return victim;
    }

    /// <returns>Whether something was taken and placed.</returns>
    private bool TryTakeFrom(WorkerProcess victim)
    {
        Order? whole = null;
        PoolTask? rest = null;
        lock (victim.Reading)
            lock (_lock)
            {
                if (victim.IsGone || victim.HasUnsent)
                    return false;
                var last = victim.Orders().LastOrDefault();
                if (last is null || last.IsDetached || last.Reason != EndReason.None)
                    return false;
                int begun = victim.Begun(last), left = last.Count - begun;
                if (begun == 0 && victim.OrderCount > 1 && victim.TakeBack(last) == 0)
                {
                    victim.Replace(last, last.Ghost());
                    whole = last;
                }
                else if (left > 1)
                {
                    int kept = victim.TakeBack(last, last.Count - (left / 2));
                    if (kept >= last.Count)
                        return false;
                    rest = last.Task.SplitOff(last.First + kept);
                }
                else
                {
                    return false;
                }
            }
        if (whole is not null)
            Place(whole, isNew: false);
        if (rest is not null)
        {
            rest.CancelThrough(this);
            Resubmit(rest);
        }
        return true;
    }

    private void WakeToEnd()
    {
        bool isIdle;
        lock (_lock)
            isIdle = !Pump.IsStarted;
        if (isIdle)
        {
            Pump.Close();
            _ended.TrySetResult();
        }
        else
        {
            Pump.Wake();
        }
    }
}
