using System.Diagnostics;
using Multitasking.Readers;

namespace Multitasking.Pools.Processes;

// Sharing out among workers what one of them has and has not begun.
internal sealed partial class ProcessEngine
{
    // Whoever has worked on something for that long shares what he has not begun.
    private static readonly long s_shareTicks = Stopwatch.Frequency / 1000;

    // Parts that were split off and are being written for another worker.
    private int _restsUnderWay;

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
        int busy = 0, idle = 0;
        foreach (var worker in _workers)
            if (worker.OrderCount > 0)
                busy++;
            else if (worker is { IsReady: true, IsLeaving: false, HasEnded: false })
                idle++;
        return idle > _restsUnderWay && busy + _restsUnderWay < Options.Workers && _workers.Exists(CanSpare);
    }

    private static bool CanSpare(WorkerProcess worker) => worker is { HasEnded: false, HasUnsent: false } && worker.LastToSpare() is not null;

    private WorkerProcess? FindVictim(long now)
    {
        if (!_queue.IsEmpty || !CanShare())
            return null;
        WorkerProcess? victim = null;
        foreach (var worker in _workers)
            if (now - worker.FrontSince >= s_shareTicks && CanSpare(worker))
                victim = victim is null || worker.OrderCount > victim.OrderCount ? worker : victim;
        if (victim is null)
            Pump.WakeBy(now + s_shareTicks);
        return victim;
    }

    /// <returns>Whether something was taken.</returns>
    private bool TryTakeFrom(WorkerProcess victim)
    {
        Order? whole = null;
        PoolTask rest;
        lock (victim.Reading)
            lock (_lock)
            {
                if (victim.IsGone || !CanSpare(victim) || victim.LastToSpare() is not { } last)
                    return false;
                int left = last.Count - victim.Begun(last);
                if (last != victim.Front && !last.IsSpent)
                {
                    // Otherwise it was begun just now, and what was taken back of it comes back with its end.
                    if (victim.TakeBack(last) > 0)
                        return false;
                    victim.Replace(last, last.Ghost());
                    whole = last;
                    rest = last.Task;
                }
                else if (left > 1)
                {
                    int kept = victim.TakeBack(last, last.Count - (left / 2));
                    if (kept >= last.Count)
                        return false;
                    rest = last.Task.SplitOff(last.First + kept);
                    _restsUnderWay++;
                }
                else
                {
                    return false;
                }
            }
        if (whole is not null)
            Place(whole, isNew: false);
        else
            ReaderThreads.Run(() => SubmitRest(rest));
        return true;
    }

    /// <summary>Not on the pump's thread: writing a task may call code of the user.</summary>
    private void SubmitRest(PoolTask rest)
    {
        rest.CancelThrough(this);
        Resubmit(rest);
        lock (_lock)
            _restsUnderWay--;
        Pump.Wake();
    }
}
