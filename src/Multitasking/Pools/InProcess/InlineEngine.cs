using System.Diagnostics;

namespace Multitasking.Pools.InProcess;

/// <summary>
/// Runs each task where it is submitted. Of asynchronous ones only so many go on at the same time as there would be workers; further ones
/// wait, except those that a running task submits, for it may wait for them.
/// </summary>
internal sealed class InlineEngine(PoolOptions options) : PoolEngine(options)
{
    private readonly Lock _lock = new();
    private readonly Lock _initializing = new();
    private readonly LinkedList<Turn> _waiting = new();
    private readonly HashSet<LocalRun> _runs = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Tasks that hold a place among Workers; and those that are not finished, of which some have given their place away.
    private int _places, _unfinished;
    private bool _isEnding, _isAborted;
    private volatile bool _isInitialized = options.Initializer is null;
    private readonly StartPolicy _starts = new();

    internal override int WorkersAlive
    {
        get
        {
            lock (_lock)
                return _runs.Count;
        }
    }

    // Its tasks run where they are submitted.
    internal override bool MapsOnReaders => false;

    internal override string? Trouble => _starts.Cause is null ? null : _starts.Trouble;

    internal override bool IsInOwnTask => RunMark.IsInTaskOf(this);

    protected override void Accept(PoolTask task)
    {
        Turn? turn = null;
        lock (_lock)
        {
            _unfinished++;
            // One that is cancelled already would be overlooked in the queue.
            if (!_isAborted && !task.Token.IsCancellationRequested && task.Info.IsAsync && _places >= Options.Workers && !IsInOwnTask)
            {
                turn = new Turn(task);
                task.State = _waiting.AddLast(turn);
            }
            else
                _places++;
        }
        _ = turn is null ? RunAsync(task) : RunInTurnAsync(turn);
    }

    /// <summary>Only of a task that waits; one that runs listens itself, for it began before anybody else could.</summary>
    internal override void Cancel(PoolTask task)
    {
        lock (_lock)
        {
            if (task.State is not LinkedListNode<Turn> place)
                return;
            _waiting.Remove(place);
            task.State = null;
        }
        task.CancelRest();
        Finish(task);
    }

    internal override void Abort()
    {
        Turn[] waiting;
        LocalRun[] runs;
        lock (_lock)
        {
            _isAborted = _isEnding = true;
            waiting = [.. _waiting];
            _waiting.Clear();
            foreach (var turn in waiting)
                turn.Task.State = null;
            runs = [.. _runs];
        }
        foreach (var turn in waiting)
        {
            turn.Task.CancelRest();
            Finish(turn.Task);
        }
        foreach (var run in runs)
            run.Abort();
    }

    internal override Task EndAsync()
    {
        lock (_lock)
        {
            _isEnding = true;
            CheckEnd();
        }
        return _ended.Task;
    }

    private async Task RunInTurnAsync(Turn turn)
    {
        await turn.HasCome.ConfigureAwait(false);
        await RunAsync(turn.Task).ConfigureAwait(false);
    }

    private async Task RunAsync(PoolTask task)
    {
        var run = new LocalRun(task, this, grace: null, GiveUp);
        run.Mark.Enter();
        Initialize();
        bool isAborted;
        lock (_lock)
        {
            isAborted = _isAborted;
            if (!isAborted)
                _runs.Add(run);
        }
        if (isAborted)
            task.CancelRest();
        else if (_starts.Cause is { } cause)
            task.FailRest(() => new PoolBrokenException(Name, cause.Value, isFinal: true));
        else if (!await TryWorkOffAsync(run).ConfigureAwait(false))
            return;
        run.Dispose();
        GiveWay(run);
        Finish(task);
    }

    /// <returns>Whether the task is still the caller's.</returns>
    private static async Task<bool> TryWorkOffAsync(LocalRun run)
    {
        var task = run.Task;
        using var registration = task.Token.UnsafeRegister(static run => ((LocalRun)run!).Cancel(), run);
        while (!task.IsAnswered)
        {
            if (run.IsCancelled)
            {
                task.CancelRest();
                break;
            }
            await task.RunNextAsync(run, run.NextToken()).ConfigureAwait(false);
            if (!run.TryEndCall())
                return false;
        }
        return true;
    }

    /// <summary>Once, before the first task; whoever comes meanwhile waits.</summary>
    private void Initialize()
    {
        if (_isInitialized || _initializing.IsHeldByCurrentThread)
            return;
        lock (_initializing)
            while (!_isInitialized)
                try
                {
                    Options.Initializer!();
                    _isInitialized = true;
                }
                catch (Exception exception)
                {
                    var cause = new Lazy<Exception>(RemoteException.OfHere(exception));
                    _isInitialized = _starts.NoteFailure(cause, isPassing: false, hasOthers: false, Stopwatch.GetTimestamp());
                }
    }

    /// <summary>The pool was aborted. What still runs, runs for nobody.</summary>
    private void GiveUp(LocalRun run)
    {
        run.Dispose();
        run.Task.CancelRest();
        GiveWay(run);
        Finish(run.Task);
    }

    /// <summary>Gives up the place of a task, before its caller learns of its end and comes with the next.</summary>
    private void GiveWay(LocalRun run)
    {
        Turn? next = null;
        lock (_lock)
        {
            _runs.Remove(run);
            // There may be more tasks than places, for synchronous ones never wait.
            if (_places <= Options.Workers && _waiting.First is { } first)
            {
                next = first.Value;
                _waiting.Remove(first);
                next.Task.State = null;
            }
            else
                _places--;
        }
        next?.Come();
    }

    private void Finish(PoolTask task)
    {
        task.Finish();
        lock (_lock)
        {
            _unfinished--;
            CheckEnd();
        }
    }

    private void CheckEnd()
    {
        if (_isEnding && _unfinished == 0)
            _ended.TrySetResult();
    }

    private sealed class Turn(PoolTask task)
    {
        // Not from inside the end of another task: each would stand on the stack of the one before.
        private readonly TaskCompletionSource _coming = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal PoolTask Task { get; } = task;

        internal Task HasCome => _coming.Task;

        internal void Come() => _coming.SetResult();
    }
}
