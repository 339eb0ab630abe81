using System.Diagnostics;
using Multitasking.Invocation;
using Multitasking.Readers;

namespace Multitasking.Pools.Processes;

/// <summary>
/// What an order's worker sent that may take long to read or may call code of the user's: read on reader threads, in the order of its
/// arrival. Reports are handed on beside, and what comes after a report waits until that was taken.
/// </summary>
/// <remarks>
/// Reading may be stuck, and so may an <see cref="IProgress{T}"/>. Neither keeps a call from its end: a reading that is given up has its
/// outcome decided here, and what it brings later is dropped.
/// </remarks>
/// <param name="order">The order.</param>
internal sealed class AnswerLine(Order order) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<Step> _waiting = new();
    private readonly SerialQueue _reports = new();
    private long _reportsMade, _reportsTaken;
    private long _lastStep = Stopwatch.GetTimestamp();
    private long _patience = order.ReadingLimit;
    private UnreadAnswer? _reading;
    private WorkerProcess? _lost;
    private bool _isScheduled, _isRunning, _hurries;

    /// <summary>When the step that is being waited for has taken too long; <see cref="long.MaxValue"/> for never.</summary>
    internal long Due
    {
        get
        {
            lock (_lock)
                return _waiting.Count == 0 && !_isRunning ? long.MaxValue : StepDue();
        }
    }

    /// <summary>Hands on a report; it must not throw.</summary>
    internal void Report(Action report)
    {
        lock (_lock)
            _reportsMade++;
        _reports.Post(() =>
        {
            report();
            lock (_lock)
            {
                _reportsTaken++;
                _lastStep = Stopwatch.GetTimestamp();
                Schedule();
            }
        });
    }

    /// <summary>Reads an answer behind all that came before.</summary>
    internal void Read(UnreadAnswer answer) => Add(answer, null);

    /// <summary>Does something with the task, behind all that came before; it must be over soon.</summary>
    internal void Do(Action action) => Add(null, action);

    /// <summary>Waits for no report any more.</summary>
    internal void Hurry()
    {
        lock (_lock)
        {
            _hurries = true;
            Schedule();
        }
    }

    /// <summary>The task is being ended, or its worker was lost: what that sent is waited for a while, and no longer.</summary>
    /// <param name="ticks">How long each step may take from now on.</param>
    /// <param name="lost">The worker that was lost.</param>
    internal void LimitSteps(long ticks, WorkerProcess? lost)
    {
        lock (_lock)
        {
            _lost = lost;
            _patience = Math.Min(_patience, ticks);
            _lastStep = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Ends what has taken too long.</summary>
    internal void EndOverdue(long now)
    {
        lock (_lock)
        {
            if (now < StepDue())
                return;
            _hurries = true;
            if (!_isRunning && _lost is null && order.Reason == EndReason.None && _waiting.TryPeek(out var front) && front.Answer is { } answer)
                // The reports before it were not taken in time.
                answer.IsLate = true;
            Schedule();
        }
        GiveUp(FailOverdue);
    }

    private long StepDue()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        return _patience == long.MaxValue ? long.MaxValue : _lastStep + _patience + order.StoppedSince(_lastStep);
    }

    private void FailOverdue(PoolTask task)
    {
        if (order.Reason == EndReason.Cancelled)
            task.CancelRest();
        else if (_lost is { } worker)
            task.Fail(worker.Lost(order, "before its answer had been read"));
        else
            task.Fail(order.TimeoutException());
    }

    /// <summary>Ends the reading that is under way, if one is.</summary>
    /// <param name="outcome">What becomes of the task in its place.</param>
    internal void GiveUp(Action<PoolTask> outcome)
    {
        lock (_lock)
        {
            if (_reading is null)
                return;
            _reading = null;
        }
        Apply(outcome);
        lock (_lock)
        {
            EndStep();
            Schedule();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_lock)
            _isScheduled = false;
        while (TryTake(out var step))
        {
            if (step.Action is { } action)
                action();
            else if (!TryRead(step.Answer!))
                return;
            lock (_lock)
                EndStep();
        }
    }

    private void Add(UnreadAnswer? answer, Action? action)
    {
        lock (_lock)
        {
            if (_waiting.Count == 0 && !_isRunning)
                _lastStep = Stopwatch.GetTimestamp();
            _waiting.Enqueue(new Step(_reportsMade, answer, action));
            Schedule();
        }
    }

    /// <returns>Whether nothing else decided the outcome meanwhile, and went on with what follows.</returns>
    private bool TryRead(UnreadAnswer answer)
    {
        answer.LeaveBacklog();
        using var visit = CallerCulture.Enter(order.Task.Culture);
        var outcome = order.IsAborted ? static task => task.CancelRest() : order.Task.IsAnswered ? static _ => { } : answer.Read();
        lock (_lock)
        {
            if (_reading != answer)
                return false;
            _reading = null;
        }
        Apply(outcome);
        return true;
    }

    private void Apply(Action<PoolTask> outcome)
    {
        if (!order.Task.IsAnswered)
            outcome(order.Task);
    }

    private bool TryTake(out Step step)
    {
        lock (_lock)
        {
            step = default;
            if (_isRunning || !MayGoOn())
                return false;
            _isRunning = true;
            step = _waiting.Dequeue();
            _reading = step.Answer;
            return true;
        }
    }

    private void EndStep()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        _isRunning = false;
        _lastStep = Stopwatch.GetTimestamp();
    }

    private void Schedule()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        if (_isScheduled || _isRunning || !MayGoOn())
            return;
        _isScheduled = true;
        ReaderThreads.Run(this);
    }

    private bool MayGoOn() => _waiting.TryPeek(out var next) && (_hurries || next.Behind <= _reportsTaken);

    /// <summary>One of the two, and how many reports come before it.</summary>
    private readonly record struct Step(long Behind, UnreadAnswer? Answer, Action? Action);
}
