using System.Diagnostics;
using Multitasking.Bootstrap;

namespace Multitasking.Pools.InProcess;

/// <summary>One thread of a pool: initializes itself, works off what the engine gives it, waits when there is nothing, and ends.</summary>
internal sealed class PoolThread
{
    private readonly ThreadEngine _engine;
    private readonly Thread _thread;
    private readonly object _door = new();
    private int? _callsLeft;
    private bool _isStarted, _isCalled;

    internal PoolThread(ThreadEngine engine, string name)
    {
        _engine = engine;
        _callsLeft = engine.Options.MaxTasksPerWorker;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        GiveUp = run => engine.GiveUp(run, this);
    }

    /// <summary>What a run of this thread calls when it is given up.</summary>
    internal Action<LocalRun> GiveUp { get; }

    /// <summary>What it runs; set and asked under the engine's lock.</summary>
    internal LocalRun? Current { get; set; }

    /// <summary>Tells whether its initializer has succeeded; the same.</summary>
    internal bool IsReady { get; set; }

    /// <summary>Tells whether it has run as many calls as a worker may.</summary>
    internal bool IsWornOut => _callsLeft == 0;

    /// <summary>Gets it going: starts it, or wakes it.</summary>
    /// <exception cref="OutOfMemoryException">The system gives no further thread.</exception>
    internal void Go()
    {
        if (!_isStarted)
        {
            _isStarted = true;
            // Not with the context of whoever happens to submit the first task.
            _thread.UnsafeStart();
            return;
        }
        lock (_door)
        {
            _isCalled = true;
            Monitor.Pulse(_door);
        }
    }

    /// <summary>Sleeps until it is woken.</summary>
    /// <returns>Whether that was so before the limit.</returns>
    internal bool TryWait(TimeSpan? limit)
    {
        WorkerThread.TakeInterrupt();
        lock (_door)
        {
            while (!_isCalled)
                if (!Monitor.Wait(_door, limit ?? Timeout.InfiniteTimeSpan) && !_isCalled)
                    return false;
            _isCalled = false;
            return true;
        }
    }

    private void Run()
    {
        if (!_engine.TryInitialize(this))
            return;
        var own = ExecutionContext.Capture();
        PoolTask? ended = null;
        while (_engine.Next(this, ended) is { } run)
        {
            run.Mark.Enter();
            run.Task.Culture?.EnterThread();
            long begun = Stopwatch.GetTimestamp();
            if (!TryWorkOff(run))
            {
                _engine.EndAbandoned();
                return;
            }
            // What waits for work should not keep the last task alive, nor its cultures.
            RunMark.Leave();
            if (run.Task.Culture is not null && own is not null)
                ExecutionContext.Restore(own);
            WorkerThread.Clean(Stopwatch.GetTimestamp() - begun, isIdle: false);
            ended = run.Task;
        }
    }

    /// <returns>Whether the task is still this thread's.</returns>
    private bool TryWorkOff(LocalRun run)
    {
        var task = run.Task;
        while (!task.IsAnswered && !IsWornOut)
        {
            if (run.IsCancelled)
            {
                task.CancelRest();
                break;
            }
            if (task.Count - task.Answered > 1)
                _engine.Share(task, run);
            _callsLeft--;
            Await(task.RunNextAsync(run, run.NextToken()));
            if (!run.TryEndCall())
                return false;
        }
        run.Dispose();
        return true;
    }

    /// <summary>Blocks, for this thread has nothing else to do.</summary>
    private static void Await(ValueTask call)
    {
        if (call.IsCompleted)
            call.GetAwaiter().GetResult();
        else
            call.AsTask().GetAwaiter().GetResult();
    }
}
