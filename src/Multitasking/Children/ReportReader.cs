using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Readers;

namespace Multitasking.Children;

/// <summary>Hands the reports of one child on, in their order, to the progresses that crossed with its call.</summary>
/// <param name="trust">What is made for its call.</param>
/// <param name="crossing">What crossed with it.</param>
/// <param name="budget">What may be made for the child.</param>
/// <param name="culture">That of its caller.</param>
/// <param name="onFailure">Is told once if a report cannot be read, or a progress throws; no further report is handed on then.</param>
internal sealed class ReportReader(Trust trust, Crossing crossing, ChildBudget budget, CallerCulture? culture, Action<Exception> onFailure)
{
    private readonly SerialQueue _queue = new();
    private readonly Backlog _backlog = new();
    private readonly long _stoppedBefore = StoppedTime.Total;
    private volatile bool _hasFailed;

    /// <summary>
    /// Tells whether nothing further is to be read until some was handed on. Where this process is ending nothing is handed on, and the
    /// child must not wait for that.
    /// </summary>
    internal bool IsFull => _backlog.IsFull && !ParentExit.HasBegun;

    /// <summary>The time at which the limit of the call passes, in stopwatch ticks. Reading ends a while after that.</summary>
    internal long Deadline { get; set; } = long.MaxValue;

    /// <summary>Tells whether there was a report.</summary>
    internal bool HasAny { get; private set; }

    /// <summary>Tells whether the failure was that a report could not be read.</summary>
    internal bool HasUnreadable { get; private set; }

    internal void Add(ReadOnlyMemory<byte> report)
    {
        if (ParentExit.HasBegun)
            return;
        HasAny = true;
        _backlog.Add(report.Length);
        _queue.Post(() => Report(report));
    }

    /// <summary>Does something when all reports so far were handed on.</summary>
    internal void Then(Action action) => _queue.Post(action);

    /// <summary>After the end of the call, so that its limit is what the caller is told of.</summary>
    private long ReadBy() =>
        Deadline == long.MaxValue ? long.MaxValue : Deadline + Deadlines.Ticks(Deadlines.LeastForReading) + StoppedTime.Total - _stoppedBefore;

    private void Report(ReadOnlyMemory<byte> report)
    {
        if (_backlog.Remove(report.Length))
            ProcessMonitor.CurrentOrNull?.Wake();
        if (_hasFailed || ParentExit.HasBegun)
            return;
        bool isRead = false;
        using var visit = CallerCulture.Enter(culture);
        try
        {
            var read = ProgressReport.Read(report, crossing, budget, trust, ReadBy());
            isRead = true;
            read.HandOn();
        }
        catch (Exception exception)
        {
            _hasFailed = true;
            HasUnreadable = !isRead && exception is not ObjectNotMadeException;
            onFailure(exception);
        }
    }
}
