using System.Diagnostics;

namespace Multitasking.Pools.InProcess;

/// <summary>
/// One queue and some threads, started when there is work. A task is in one pair of hands at any moment, which answers and finishes it: of
/// whoever takes it out of the queue, of a thread, or of whoever gave up the run.
/// </summary>
internal sealed class ThreadEngine(PoolOptions options) : PoolEngine(options)
{
    // What a chunk should take, and as much again.
    private static readonly TimeSpan s_chunkTime = TimeSpan.FromMilliseconds(2);

    private readonly Lock _lock = new();
    private readonly LinkedList<PoolTask> _waiting = new();

    // The last one to become idle is the first to be woken: it is the warmest, and the others get a chance to end.
    private readonly List<PoolThread> _idle = [];
    private readonly HashSet<PoolThread> _threads = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // How many tasks are being finished by others than threads, which finish theirs before they end.
    private int _finishing;
    private readonly StartPolicy _starts = new();
    private int _abandoned, _started;
    private bool _isEnding, _isAborted;

    internal int Abandoned
    {
        get
        {
            // A thread may have seen that it was given up before it was counted.
            lock (_lock)
                return Math.Max(0, _abandoned);
        }
    }

    internal override int WorkersAlive
    {
        get
        {
            lock (_lock)
                return _threads.Count;
        }
    }

    internal override string? Trouble
    {
        get
        {
            lock (_lock)
                return _starts.Trouble;
        }
    }

    internal override bool IsInOwnTask => RunMark.IsInTaskOf(this);

    protected override void Accept(PoolTask task)
    {
        PoolThread? thread = null;
        bool isRefused;
        lock (_lock)
        {
            isRefused = !IsWanted(task);
            if (!isRefused)
            {
                task.State = _waiting.AddLast(task);
                thread = Summon();
            }
        }
        if (isRefused)
            Refuse(task);
        else
            Go(thread);
    }

    internal override void Cancel(PoolTask task)
    {
        LocalRun? run;
        lock (_lock)
        {
            run = task.State as LocalRun;
            if (task.State is LinkedListNode<PoolTask> place)
            {
                _waiting.Remove(place);
                task.State = null;
                _finishing++;
            }
            else if (run is null)
                return;
        }
        if (run is not null)
        {
            run.Cancel();
            return;
        }
        task.CancelRest();
        task.Finish();
        EndFinishing();
    }

    internal override void Abort()
    {
        PoolTask[] waiting;
        LocalRun[] runs;
        PoolThread[] idle;
        lock (_lock)
        {
            _isAborted = _isEnding = true;
            _finishing++;
            waiting = TakeAllWaiting();
            runs = [.. _threads.Select(static thread => thread.Current).OfType<LocalRun>()];
            idle = TakeAllIdle();
            // An initializer cannot be asked, and nobody waits for it.
            _abandoned += _threads.RemoveWhere(static thread => !thread.IsReady);
        }
        foreach (var task in waiting)
            Refuse(task);
        foreach (var run in runs)
            run.Abort();
        foreach (var thread in idle)
            thread.Go();
        EndFinishing();
    }

    internal override Task EndAsync()
    {
        PoolThread[] idle;
        lock (_lock)
        {
            _isEnding = true;
            idle = TakeAllIdle();
            CheckEnd();
        }
        foreach (var thread in idle)
            thread.Go();
        return _ended.Task;
    }

    /// <summary>Runs the initializer on a new thread.</summary>
    /// <returns>Whether the thread shall go on.</returns>
    internal bool TryInitialize(PoolThread thread)
    {
        Exception? failure = null;
        if (Options.Initializer is { } initializer)
        {
            var mark = new RunMark(this);
            mark.Enter();
            try
            {
                initializer();
            }
            catch (Exception exception)
            {
                failure = RemoteException.OfHere(exception);
            }
            mark.End();
            RunMark.Leave();
        }
        lock (_lock)
        {
            if (!_threads.Contains(thread))
            {
                _abandoned--;
                return false;
            }
            if (failure is null)
            {
                _starts.NoteUse();
                thread.IsReady = true;
            }
        }
        if (failure is null)
        {
            Meter.OnWorkerStarted();
            return true;
        }
        Go(Bury(thread, failure));
        return false;
    }

    /// <summary>Gives a thread its next task; waits for one, and is <see langword="null"/> when the thread shall end.</summary>
    /// <param name="thread">The thread that calls.</param>
    /// <param name="last">The task that it has worked on; not answered yet when it is worn out.</param>
    internal LocalRun? Next(PoolThread thread, PoolTask? last)
    {
        while (true)
        {
            bool mayEnd;
            lock (_lock)
            {
                thread.Current = null;
                if (last is { IsAnswered: false } && TryPutBack(last))
                    last = null;
                mayEnd = thread.IsWornOut || (_isEnding && _waiting.Count == 0);
                if (!mayEnd && _waiting.First is { } first)
                    thread.Current = Hand(first, thread);
                else if (!mayEnd)
                    // Before its last task is finished: whoever learns of that, and has another one, finds this thread.
                    _idle.Add(thread);
            }
            if (last is not null)
                Finish(last);
            last = null;
            if (thread.Current is not null)
                return thread.Current;
            if (mayEnd || (!thread.TryWait(Options.IdleTimeout) && TryEndIdle(thread)))
            {
                End(thread);
                return null;
            }
        }
    }

    /// <summary>
    /// Gives half of what is left of a chunk to a thread that has nothing to do: the planner took its items for short ones, and they are
    /// not.
    /// </summary>
    internal void Share(PoolTask task, LocalRun run)
    {
        // A hint, without the lock, for this is asked before each call.
        if (_waiting.Count > 0 || (_idle.Count == 0 && _threads.Count >= Options.Workers) || Options.ChunkSize is not null || run.Age < s_chunkTime)
            return;
        var rest = task.SplitOff(task.Answered + ((task.Count - task.Answered + 1) / 2));
        PoolThread? thread = null;
        bool isBack;
        lock (_lock)
        {
            isBack = TryPutBack(rest);
            if (isBack)
                thread = Summon();
        }
        if (isBack)
            Go(thread);
        else
            Refuse(rest);
    }

    /// <summary>A thread whose run was given up has come back after all.</summary>
    internal void EndAbandoned()
    {
        lock (_lock)
            _abandoned--;
    }

    private bool TryEndIdle(PoolThread thread)
    {
        lock (_lock)
            if (_idle.Remove(thread))
                return true;
        // Somebody has taken it off the list and is about to wake it. A call that is not waited for here would end a later wait, and have
        // the thread on the list twice: once more after its end.
        thread.TryWait(limit: null);
        return false;
    }

    private void End(PoolThread thread)
    {
        PoolThread? next;
        lock (_lock)
        {
            _threads.Remove(thread);
            next = _waiting.Count > 0 ? Summon() : null;
            CheckEnd();
        }
        Meter.OnWorkerEnded("left");
        Go(next);
    }

    /// <summary>Takes over a task whose call does not give way.</summary>
    internal void GiveUp(LocalRun run, PoolThread thread)
    {
        var task = run.Task;
        lock (_lock)
        {
            _threads.Remove(thread);
            _abandoned++;
            _finishing++;
            task.State = null;
        }
        Meter.OnWorkerEnded("abandoned");
        run.Dispose();
        if (run.WasLate)
            task.Fail(run.Timeout("a thread cannot be ended, so that it may still run (see AbandonedThreads). A ProcessPool ends such calls"));
        if (run.IsCancelled && !task.IsAnswered)
            task.CancelRest();
        PoolThread? next;
        bool isBack;
        lock (_lock)
        {
            isBack = !task.IsAnswered && TryPutBack(task);
            next = _waiting.Count > 0 ? Summon() : null;
        }
        if (!isBack)
            Finish(task);
        EndFinishing();
        Go(next);
    }

    /// <summary>Gives what is left of it to another thread, before anything else.</summary>
    private bool TryPutBack(PoolTask task)
    {
        if (!IsWanted(task))
            return false;
        task.State = _waiting.AddFirst(task);
        return true;
    }

    /// <summary>
    /// Tells whether it may wait in the queue. Whoever cancelled it before found it in nobody's hands, or in those of a run that was over.
    /// </summary>
    private bool IsWanted(PoolTask task) => !_isAborted && _starts.Cause is null && !task.Token.IsCancellationRequested;

    private LocalRun Hand(LinkedListNode<PoolTask> place, PoolThread thread)
    {
        _waiting.Remove(place);
        var run = new LocalRun(place.Value, this, Options.TerminationGrace, thread.GiveUp);
        place.Value.State = run;
        return run;
    }

    /// <summary>A thread for a task that waits: an idle one, or a new one.</summary>
    private PoolThread? Summon()
    {
        if (_idle.Count > 0)
        {
            var warmest = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return warmest;
        }
        if (_threads.Count >= Options.Workers || _starts.Cause is not null)
            return null;
        var thread = new PoolThread(this, $"{Name}-{++_started}");
        _threads.Add(thread);
        return thread;
    }

    /// <summary>Outside the lock: starting a thread takes its time.</summary>
    private void Go(PoolThread? thread)
    {
        while (thread is not null)
            try
            {
                thread.Go();
                return;
            }
            catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
            {
                thread = Bury(thread, exception);
            }
    }

    /// <summary>A thread did not come to life.</summary>
    /// <returns>The one that takes its place.</returns>
    private PoolThread? Bury(PoolThread thread, Exception cause)
    {
        PoolTask[] waiting = [];
        PoolThread? next = null;
        bool isPassing = cause is OutOfMemoryException or ThreadStartException;
        lock (_lock)
        {
            // Those that live work off what waits.
            bool hasOthers = isPassing && _threads.Any(other => other != thread && other.IsReady);
            if (_starts.NoteFailure(new Lazy<Exception>(cause), isPassing, hasOthers, Stopwatch.GetTimestamp()))
                waiting = TakeAllWaiting();
            _finishing++;
            if (!_threads.Remove(thread))
                // It was given up before it failed.
                _abandoned--;
            if (_waiting.Count > 0 && !hasOthers)
                next = Summon();
        }
        Meter.OnWorkerEnded("not_started");
        foreach (var task in waiting)
            Refuse(task, cause, isFinal: !isPassing);
        EndFinishing();
        return next;
    }

    /// <summary>Answers what the pool can no longer run.</summary>
    private void Refuse(PoolTask task)
    {
        if (_starts.Cause is { } cause)
        {
            Refuse(task, cause.Value, isFinal: true);
            return;
        }
        task.CancelRest();
        task.Finish();
    }

    private void Refuse(PoolTask task, Exception cause, bool isFinal)
    {
        task.FailRest(() => new PoolBrokenException(Name, cause, isFinal));
        task.Finish();
    }

    private void Finish(PoolTask task)
    {
        if (task.IsAnswered)
            task.Finish();
        else
            Refuse(task);
    }

    private PoolTask[] TakeAllWaiting()
    {
        PoolTask[] all = [.. _waiting];
        _waiting.Clear();
        foreach (var task in all)
            task.State = null;
        return all;
    }

    private PoolThread[] TakeAllIdle()
    {
        PoolThread[] all = [.. _idle];
        _idle.Clear();
        return all;
    }

    private void EndFinishing()
    {
        lock (_lock)
        {
            _finishing--;
            CheckEnd();
        }
    }

    private void CheckEnd()
    {
        if (_isEnding && _threads.Count == 0 && _finishing == 0)
            _ended.TrySetResult();
    }
}
