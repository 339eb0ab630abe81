using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Multitasking.SharedMemory;

/// <summary>Waiting for something in shared memory: looking for a moment, then asleep; on a thread, or without one.</summary>
/// <param name="membership">Where.</param>
/// <param name="point">At which place of it.</param>
/// <param name="longestSpin">How long to look before sleeping at most.</param>
internal sealed class Waiting(Membership membership, int point, TimeSpan longestSpin)
{
    /// <summary>The outcome of a look.</summary>
    /// <typeparam name="TState">What the caller keeps for it.</typeparam>
    /// <returns>Whether the wait is over.</returns>
    internal delegate bool Look<TState>(ref TState state);

    // Memory that was scribbled over does not tell any more who sleeps; this is how long one sleeps on then.
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromSeconds(2);

    private readonly SpinBudget _budget = new(longestSpin);

    /// <summary>Waits on this thread.</summary>
    /// <param name="lease">What keeps the object alive; its return ends the wait.</param>
    /// <param name="owner">Who waits, for the error.</param>
    /// <param name="state">Handed to each look.</param>
    /// <param name="look">Looks, and takes what it finds.</param>
    /// <param name="limit">How long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    internal bool Until<TState>(SegmentLease lease, object owner, ref TState state, Look<TState> look, TimeSpan limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (look(ref state))
            return true;
        if (limit == TimeSpan.Zero)
            return NoteDeaths() && look(ref state);
        if (Glance(ref state, look))
            return true;
        long begun = Stopwatch.GetTimestamp();
        if (Spin(ref state, look, begun, limit))
            return true;
        var place = membership.Point(point);
        using var registration = cancellationToken.UnsafeRegister(static waiting => ((Waiting)waiting!).WakeAll(), this);
        while (true)
        {
            // First of all. A process that becomes a member after the look at the others changes it; so does a recovery that begins to
            // count anew right after this one counted in, and so forgets it.
            int sequence = place.Sequence;
            bool isCovered = membership.CoverPeers();
            int joined = membership.JoinCount;
            int generation = place.CountIn();
            try
            {
                if (look(ref state))
                {
                    _budget.Learn(begun);
                    return true;
                }
                ObjectDisposedException.ThrowIf(lease.IsReturned, owner);
                cancellationToken.ThrowIfCancellationRequested();
                var left = limit == Timeout.InfiniteTimeSpan ? limit : limit - Stopwatch.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan)
                    return false;
                var longest = Retire(state);
                if (membership.JoinCount == joined)
                    place.Sleep(sequence, Shorter(Shorter(left, longest), LongestSleep(isCovered)));
            }
            catch
            {
                // Who woke this one has woken nobody else.
                place.WakeWithoutAsking(1);
                throw;
            }
            finally
            {
                place.CountOut(generation);
            }
            if (look(ref state))
            {
                _budget.Learn(begun);
                return true;
            }
        }
    }

    /// <summary>Waits without a thread.</summary>
    /// <inheritdoc cref="Until"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<bool> UntilAsync<TState>(SegmentLease lease, object owner, StrongBox<TState> state, Look<TState> look, TimeSpan limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (look(ref state.Value!))
            return true;
        if (limit == TimeSpan.Zero)
            return NoteDeaths() && look(ref state.Value!);
        if (Glance(ref state.Value!, look))
            return true;
        long begun = Stopwatch.GetTimestamp();
        if (Spin(ref state.Value!, look, begun, limit))
            return true;
        while (true)
        {
            var entry = Prepare(lease, owner, state, look, out int generation, out bool isCovered, out bool isOver);
            if (isOver)
                return true;
            bool isLast = false;
            try
            {
                var left = limit == Timeout.InfiniteTimeSpan ? limit : limit - Stopwatch.GetElapsedTime(begun);
                isLast = left <= TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan;
                var longest = isLast ? TimeSpan.Zero : Retire(state.Value!);
                var nap = Shorter(Shorter(left, longest), LongestSleep(isCovered));
                if (!isLast)
                {
                    var sleep = entry?.Changed.Task.WaitAsync(nap, cancellationToken) ?? Task.Delay(nap, cancellationToken);
                    await sleep.ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
            {
                // What woke this one may have come for it alone: a last look, before it gives up.
            }
            finally
            {
                entry?.Remove();
                membership.Point(point).CountOut(generation);
            }
            if (look(ref state.Value!))
            {
                _budget.Learn(begun);
                return true;
            }
            cancellationToken.ThrowIfCancellationRequested();
            if (isLast)
                return false;
        }
    }

    /// <summary>Makes everybody who waits here look again.</summary>
    internal void WakeAll() => membership.TryUse(member => member.Point(point).WakeWithoutAsking(int.MaxValue));

    private AsyncWaits.Entry? Prepare<TState>(
        SegmentLease lease, object owner, StrongBox<TState> state, Look<TState> look,
        out int generation, out bool isCovered, out bool isOver)
    {
        var place = membership.Point(point);
        // In this order for the reason given above.
        int sequence = place.Sequence;
        isCovered = membership.CoverPeers();
        int joined = membership.JoinCount;
        generation = place.CountIn();
        bool keeps = false;
        try
        {
            isOver = look(ref state.Value!);
            ObjectDisposedException.ThrowIf(!isOver && lease.IsReturned, owner);
            keeps = !isOver;
            if (isOver)
                return null;
            var entry = membership.JoinCount == joined ? AsyncWaits.TryAdd(membership, place, sequence) : null;
            // Without a thread that tells of a change, or with a new member whom nobody watches, it looks again soon.
            isCovered &= entry is not null;
            return entry;
        }
        finally
        {
            if (!keeps)
                place.CountOut(generation);
        }
    }

    // Who never sleeps would never hear that the one has died who holds what he tries to take.
    private bool NoteDeaths()
    {
        membership.CoverPeers();
        return true;
    }

    private static TimeSpan LongestSleep(bool isCovered) => isCovered ? s_longestSleep : Membership.BlindNap;

    private static TimeSpan Retire<TState>(TState state) => state is ISleeper sleeper ? sleeper.Retire() : Timeout.InfiniteTimeSpan;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one == Timeout.InfiniteTimeSpan || (other != Timeout.InfiniteTimeSpan && other < one) ? other : one;

    /// <summary>A few looks without a clock, which takes as long as a message from another core.</summary>
    private bool Glance<TState>(ref TState state, Look<TState> look)
    {
        for (int i = _budget.Glances; i > 0; i--)
        {
            Thread.SpinWait(1);
            if (!look(ref state))
                continue;
            _budget.Hit();
            return true;
        }
        return false;
    }

    private bool Spin<TState>(ref TState state, Look<TState> look, long begun, TimeSpan limit)
    {
        long spin = _budget.Ticks;
        if (spin == 0)
            return false;
        long end = begun + (limit == Timeout.InfiniteTimeSpan ? spin : Math.Min(spin, (long)(limit.TotalSeconds * Stopwatch.Frequency)));
        do
        {
            for (int i = 0; i < 8; i++)
            {
                Thread.SpinWait(1);
                if (!look(ref state))
                    continue;
                _budget.Hit();
                _budget.Learn(begun);
                return true;
            }
        }
        while (Stopwatch.GetTimestamp() < end);
        _budget.Miss(spin);
        return false;
    }
}
