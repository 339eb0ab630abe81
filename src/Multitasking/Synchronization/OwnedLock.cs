using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;

namespace Multitasking.Synchronization;

/// <summary>
/// A lock that one process at a time owns, and in it one entry: one word of shared memory with the owner's slot and two marks, changed by compare-and-swap, so that a kill finds it either way and never between.
/// Which entry of its process has it, that process knows for itself.
/// </summary>
/// <remarks>
/// Entering and leaving are interlocked operations, full fences in .NET on every architecture: what the one before did under the lock is seen by the next, on arm64 as on x64.
/// </remarks>
internal sealed class OwnedLock(LockCore core, int offset, int point)
{
    private const int OwnerMask = 0xff, Starving = 0x100, OwnerDied = 0x200;

    private readonly Waiting _waiting = core.WaitingAt(point);
    private long _last;
    private long _current;
    private int _thread;
    private bool _ownerDied;

    /// <summary>Whether an entry of this process has it.</summary>
    internal bool IsHeldHere => (Volatile.Read(ref Word) & OwnerMask) == core.Membership.Slot && Volatile.Read(ref _current) != 0;

    /// <summary>Whether this thread entered it, and not asynchronously.</summary>
    internal bool IsHeldByThisThread => Volatile.Read(ref _thread) == Environment.CurrentManagedThreadId && IsHeldHere;

    /// <summary>The entry that has it; for its owner.</summary>
    internal Entry Current => new(_current, _ownerDied);

    private ref int Word => ref core.Int(offset);

    /// <summary>Takes it away from a member that has died or leaves.</summary>
    internal static void TakeFrom(ref int word, int slot)
    {
        int seen, left;
        do
        {
            seen = Volatile.Read(ref word);
            // The one who marked it as starving may have been the one who died; if not, it does so again.
            left = (seen & OwnerMask) == slot ? OwnerDied : seen & ~Starving;
        }
        while (Interlocked.CompareExchange(ref word, left, seen) != seen);
    }

    /// <summary>Enters if it is free, nobody starves, and nobody died: with one operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryEnterAtOnce(int thread, out Entry entry)
    {
        if (Interlocked.CompareExchange(ref Word, core.Membership.Slot, 0) != 0)
        {
            entry = default;
            return false;
        }
        entry = Begin(thread, ownerDied: false);
        return true;
    }

    /// <summary>Enters.</summary>
    /// <param name="lease">What keeps the lock alive.</param>
    /// <param name="owner">Who enters, for errors.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="entry">What was entered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time has passed.</returns>
    internal bool TryEnter(SegmentLease lease, object owner, TimeSpan limit, out Entry entry, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(this, Environment.CurrentManagedThreadId, limit);
        bool isEntered = _waiting.Until(lease, owner, ref waiter, static (ref Waiter waiter) => waiter.Look(), limit, cancellationToken);
        entry = waiter.Entry;
        return isEntered;
    }

    /// <inheritdoc cref="TryEnter"/>
    internal async ValueTask<Entry?> TryEnterAsync(SegmentLease lease, object owner, TimeSpan limit, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(this, thread: 0, limit);
        return await _waiting.UntilAsync(lease, owner, new StrongBox<Waiter>(waiter), static (ref Waiter waiter) => waiter.Look(), limit, cancellationToken).ConfigureAwait(false)
            ? waiter.Entry
            : null;
    }

    /// <summary>Goes on under the number of an entry that left for a time.</summary>
    internal void Resume(long number, bool ownerDied)
    {
        _current = number;
        _ownerDied = ownerDied;
    }

    /// <summary>Numbers an entry within this one; for its owner.</summary>
    internal long NextNumber() => ++_last;

    /// <summary>Goes on as another entry of the same thread; for its owner.</summary>
    internal void Become(long number) => _current = number;

    /// <summary>Leaves an entry.</summary>
    /// <returns>False when it was left already.</returns>
    /// <exception cref="InvalidDataException">The memory was scribbled over.</exception>
    internal bool TryExit(long number)
    {
        if (Interlocked.CompareExchange(ref _current, 0, number) != number)
            return false;
        Release();
        return true;
    }

    /// <summary>Leaves the entry that has it, whichever it is.</summary>
    /// <returns>False when none of this process has it.</returns>
    internal bool TryExit()
    {
        if (Interlocked.Exchange(ref _current, 0) == 0)
            return false;
        Release();
        return true;
    }

    private void Release()
    {
        // Before anybody else can own it.
        _thread = 0;
        var place = core.Membership.Point(point);
        int seen, left;
        do
        {
            seen = Volatile.Read(ref Word);
            if ((seen & OwnerMask) != core.Membership.Slot)
            {
                // Those who wait find out too.
                place.WakeWithoutAsking(int.MaxValue);
                throw Membership.Scribbled($"the word {seen:x} in a lock that this process holds");
            }
            left = (seen & Starving) != 0 && place.HasSleepers ? Starving : 0;
        }
        while (Interlocked.CompareExchange(ref Word, left, seen) != seen);
        if (place.HasSleepers)
            place.WakeWithoutAsking(1);
    }

    private Entry Begin(int thread, bool ownerDied)
    {
        _thread = thread;
        _ownerDied = ownerDied;
        long number = ++_last;
        Volatile.Write(ref _current, number);
        return new Entry(number, ownerDied);
    }

    private sealed class Waiter(OwnedLock owned, int thread, TimeSpan limit) : Patience(limit)
    {
        internal Entry Entry { get; private set; }

        internal bool Look()
        {
            while (true)
            {
                int seen = Volatile.Read(ref owned.Word);
                if ((seen & OwnerMask) != 0 || !MayPass((seen & Starving) != 0))
                    return false;
                int taken = owned.Slot;
                // It stays marked while those who starve are several.
                if ((seen & Starving) != 0 && IsStarving && owned.HasSleepers)
                    taken |= Starving;
                if (Interlocked.CompareExchange(ref owned.Word, taken, seen) != seen)
                    continue;
                Entry = owned.Begin(thread, (seen & OwnerDied) != 0);
                return true;
            }
        }

        protected override bool CanSleep(bool mark)
        {
            while (true)
            {
                int seen = Volatile.Read(ref owned.Word);
                if ((seen & OwnerMask) == 0)
                    return false;
                owned.CheckOwner(seen);
                if (!mark || (seen & Starving) != 0 || Interlocked.CompareExchange(ref owned.Word, seen | Starving, seen) == seen)
                    return true;
            }
        }
    }

    private int Slot => core.Membership.Slot;

    private bool HasSleepers => core.Membership.Point(point).HasSleepers;

    private void CheckOwner(int seen)
    {
        // Who leaves gives up the word before the slot, so an owner without a slot was never one. Looked at twice, for the word may have changed hands meanwhile.
        for (int i = 0; i < 2; i++)
            if ((seen & ~(OwnerMask | Starving)) == 0 && core.Membership.IsMember(seen & OwnerMask) || Volatile.Read(ref Word) != seen)
                return;
        throw Membership.Scribbled($"the word {seen:x} in a lock, of an owner that is none");
    }
}
