using System.Diagnostics;
using Multitasking.Readers;

namespace Multitasking.Pools.Processes;

// Reading what workers answer.
internal sealed partial class ProcessEngine
{
    /// <summary>How long an answer may take to be read, in ticks: as long once more as its call may run.</summary>
    internal long ReadingLimit => Options.TaskTimeout is { } limit ? Ticks(limit) : long.MaxValue;

    /// <summary>The same for what came from a worker that was lost, or of a task that is being ended.</summary>
    internal static long EndingLimit => Ticks(s_beginAllowance);

    /// <summary>For an order whose answers are read elsewhere, or after something that is.</summary>
    internal AnswerLine NewLine(Order order)
    {
        if (order.ReadingLimit < long.MaxValue)
            LookAtUnread(order.ReadingLimit);
        return _unread.Add(new AnswerLine(order));
    }

    /// <summary>Has the pump look in a while whether reading takes too long.</summary>
    internal void LookAtUnread(long after)
    {
        long time = Stopwatch.GetTimestamp() + after;
        _unread.LookBy(time);
        Pump.WakeBy(time);
    }

    internal void Forget(AnswerLine line) => _unread.Remove(line);

    /// <summary>Reads what a worker has answered, and gives it something new to do.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="waits">Whether to wait for another thread that is just reading.</param>
    internal void Read(WorkerProcess worker, bool waits)
    {
        if (waits)
            worker.Reading.Enter();
        else if (!worker.Reading.TryEnter())
            return;
        try
        {
            int share = AnswerHearer.FairShare;
            if (worker.IsGone || !AnswerHearer.TryRead(worker, ref share))
                return;
            if (share <= 0)
                Pump.Wake();
            lock (_lock)
                HandOut(Stopwatch.GetTimestamp());
        }
        finally
        {
            worker.Reading.Exit();
        }
    }

    /// <summary>A worker is done with some orders. Called while its answers are read.</summary>
    internal void OnOrdersEnded(WorkerProcess worker)
    {
        long now = Stopwatch.GetTimestamp();
        var ended = worker.Ended;
        lock (_lock)
        {
            _starts.NoteUse();
            worker.LastActive = worker.FrontSince = now;
            while (worker.TryRemoveHeard(out var order))
            {
                ended.Add(order);
                order.IsDone = true;
                if (!order.IsDetached && order.Received > 0)
                    _ticksPerOrder = double.IsPositiveInfinity(_ticksPerOrder) ? order.RunTicks : (_ticksPerOrder * 0.8) + (order.RunTicks * 0.2);
                if (order.Reason != EndReason.None && !worker.IsDoomed)
                    worker.TerminateAt = long.MaxValue;
            }
            if (worker.Memory > Options.MaxWorkerMemory && !worker.IsLeaving)
                Dismiss(worker, now);
            else if (worker.IsLeaving && worker.OrderCount == 0)
                LimitLeaving(worker, now);
            if (Options.IdleTimeout is { } idle && worker.OrderCount == 0)
                Pump.WakeBy(now + Ticks(idle));
        }
        foreach (var order in ended)
            if (order.IsDetached)
                order.Release();
            else if (order.IsDirect)
                Conclude(order);
            else
                PostConclusion(order);
        ended.Clear();
    }

    // Apart, so that nothing is allocated for the orders that are concluded at once.
    private void PostConclusion(Order order) => order.Do(() => Conclude(order));

    /// <summary>The worker has answered all that it began; what it did not begin was taken back.</summary>
    private void Conclude(Order order)
    {
        var task = order.Task;
        task.RunTicks += order.RunTicks;
        task.HeadTicks += order.HeadTicks;
        bool isCancelled = order.Reason == EndReason.Cancelled;
        if (!task.IsAnswered && isCancelled)
            task.CancelRest();
        if (!task.IsAnswered && order.CanBeGivenAgain)
        {
            ReaderThreads.Run(() => Place(order, isNew: false));
            return;
        }
        order.Release();
        if (task.IsAnswered)
            task.Finish();
        else
            ReaderThreads.Run(() => Resubmit(task));
    }
}
