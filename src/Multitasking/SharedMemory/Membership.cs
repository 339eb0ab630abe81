using static Multitasking.SharedMemory.SegmentLayout;

namespace Multitasking.SharedMemory;

/// <summary>
/// This process' membership in an object in shared memory: its slot among the processes that use it, and what is done when another of them
/// dies. All members do that alike, by the kernel's word (<see cref="PeerWatch"/>), so that nobody is needed for it.
/// </summary>
internal sealed unsafe partial class Membership
{
    private const int LeavesInOrder = 1 << 30, Refused = 1 << 29;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    // On the thread that starts and hears all children.
    private static readonly TimeSpan s_shortPatience = TimeSpan.FromMilliseconds(20);
    private static int s_watchesExit;

    private readonly SharedSegment _segment;
    private readonly IRepairable _object;
    private readonly byte* _start;
    private readonly int _waitPoints;
    private readonly int[] _holds = new int[8];
    private int _coveredEpoch = -1;
    private long _nextLook;
    private volatile bool _hasLeft;

    /// <param name="segment">The memory.</param>
    /// <param name="repairable">What it holds.</param>
    /// <param name="kind">Which kind of object that is, for those that open it.</param>
    /// <param name="waitPoints">How many places to sleep it has.</param>
    /// <exception cref="InvalidDataException">The memory holds something else.</exception>
    internal Membership(SharedSegment segment, IRepairable repairable, int kind, int waitPoints)
    {
        if (segment.Size < Size || segment.IsReadOnly)
            throw new InvalidDataException("Another process passed on memory that is too small for what it is said to hold, or cannot be written.");
        _segment = segment;
        _object = repairable;
        _start = segment.Start;
        _waitPoints = waitPoints;
        int before = Interlocked.CompareExchange(ref *(int*)(_start + Kind), kind, 0);
        if (before != 0 && before != kind)
            throw new InvalidDataException("Another process passed on memory that holds something else than it says.");
        if (Interlocked.Exchange(ref s_watchesExit, 1) == 0)
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => NoteExit();
    }

    /// <summary>How long one sleeps at most who is not sure to be woken when another member dies.</summary>
    internal static TimeSpan BlindNap { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>This process' number among the members, from 1; 0 before it is one.</summary>
    internal int Slot { get; private set; }

    /// <summary>
    /// Becomes a member. The object is made by now: to find a slot, what dead members left of it may have to be put in order.
    /// </summary>
    /// <exception cref="InvalidOperationException">Too many processes use it.</exception>
    internal void Join()
    {
        Slot = Join(ProcessStamp.Own, s_patience) ?? throw new InvalidOperationException(
            $"More than {MostMembers} processes use one channel or lock. Make several, or let one process pass messages on.");
        // It may have been enrolled, or have left before and be there still for what it sent.
        Interlocked.And(ref Roles(Slot), ~LeavesInOrder);
    }

    internal byte* Start => _start;

    /// <summary>The lock around states of more than one word; its waiters sleep at point 0.</summary>
    internal RobustLock StateLock => new(this, (int*)(_start + SegmentLayout.StateLock), 0);

    internal WaitPoint Point(int number) => new((int*)(_start + WaitPoints + (number * WaitPointSize)));

    /// <summary>How often a process has become a member.</summary>
    internal int JoinCount => Volatile.Read(ref *(int*)(_start + Epoch));

    private ref int Ever => ref *(int*)(_start + EverRoles);

    private ref int Lost => ref *(int*)(_start + LostRoles);

    internal static InvalidDataException Scribbled(string what) =>
        new($"Shared memory was written to by something else than this library: it holds {what}. Dispose the object and make a new one.");

    /// <summary>Tells whether a member that had this role has ever been there.</summary>
    internal bool HadAny(int role) => (Volatile.Read(ref Ever) & role) != 0;

    /// <summary>The number of a process that had the role and was killed, or crashed; 0 for none.</summary>
    internal int LostIn(int role) => (Volatile.Read(ref Lost) & role) != 0 ? ProcessStamp.IdOf(Volatile.Read(ref *(long*)(_start + LostMember))) : 0;

    /// <summary>Changes with each change of who has which role; wraps.</summary>
    internal int Changes => Volatile.Read(ref *(int*)(_start + SegmentLayout.Changes));

    /// <summary>Tells whether a process has the role, or an object that has it is on its way.</summary>
    internal bool HasAny(int role)
    {
        for (int slot = 1; slot <= MostMembers; slot++)
            if (Volatile.Read(ref Stamp(slot)) != 0 && ((Volatile.Read(ref Roles(slot)) & role) != 0 || InFlight(slot, role) > 0))
                return true;
        return false;
    }

    /// <summary>An object of this process takes a role. Not at the same time as another.</summary>
    internal void Hold(int role)
    {
        for (int bit = 0; bit < _holds.Length; bit++)
            if ((role & (1 << bit)) != 0 && _holds[bit]++ == 0)
                Add(Slot, 1 << bit);
    }

    /// <summary>It gives it up. Not at the same time as another.</summary>
    internal void Drop(int role)
    {
        int given = 0;
        for (int bit = 0; bit < _holds.Length; bit++)
            if ((role & (1 << bit)) != 0 && --_holds[bit] == 0)
                given |= 1 << bit;
        if (_hasLeft)
            return;
        if (given != 0)
        {
            Interlocked.And(ref Roles(Slot), ~given);
            NoteChange();
        }
        // Those who wait for the role to end, and those of this process who wait on an object that is no more.
        WakeAll();
    }

    /// <summary>One that a process had sent on has been received.</summary>
    internal void SubtractInFlight(SharedSender sender, int role)
    {
        // Otherwise it has ended, and what it had sent was forgotten with it.
        if (sender.Slot is >= 1 and <= MostMembers && Volatile.Read(ref Stamp(sender.Slot)) == sender.Stamp)
            AddInFlight(sender.Slot, role, -1);
    }

    /// <summary>Counts objects with a role that this process has sent on and nobody has received yet.</summary>
    internal void AddInFlight(int slot, int role, int count)
    {
        if (slot is < 1 or > MostMembers || (role & 3) == 0)
            return;
        ref int word = ref SentBy(slot);
        int seen, writers, readers;
        do
        {
            seen = Volatile.Read(ref word);
            writers = (seen & 0xffff) + ((role & 1) != 0 ? count : 0);
            readers = (seen >>> 16) + ((role & 2) != 0 ? count : 0);
            if (writers is < 0 or > 0xffff || readers is < 0 or > 0xffff)
                return;
        }
        while (Interlocked.CompareExchange(ref word, writers | (readers << 16), seen) != seen);
        NoteChange();
        if (count < 0)
            WakeAll();
    }

    /// <summary>Makes a process a member that has been given an object and is about to use it: its death counts from now on.</summary>
    /// <param name="process">Its number.</param>
    /// <param name="role">What it has been given.</param>
    /// <param name="isMissed">Whether it is lost if it dies before it uses the object; else it has left in good order then.</param>
    /// <returns>Whether that was possible; not so where the process is gone, or another holds things up.</returns>
    internal bool TryEnroll(int process, int role, bool isMissed = true)
    {
        try
        {
            long stamp = ProcessStamp.TryOf(process);
            return stamp != 0 && Join(stamp, s_shortPatience, role, isMissed) is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Sees to it that the death of every member there is now would be noticed. A lock is left through it, so it does not fail for want of
    /// anything.
    /// </summary>
    /// <returns>False when it would not; then whoever waits sleeps no longer than <see cref="BlindNap"/> and comes here again, which puts
    /// in order what the dead left.</returns>
    internal bool CoverPeers()
    {
        int joined = JoinCount;
        if (joined == Volatile.Read(ref _coveredEpoch))
            return true;
        // To look at all members takes far longer than what is mostly waited for.
        if (Environment.TickCount64 < Volatile.Read(ref _nextLook))
            return false;
        var coverage = PeerWatch.Cover(this);
        // Those that are left, when the dead are none any more.
        if (coverage != PeerCoverage.Whole && RecoverDead() && coverage == PeerCoverage.SomeAreDead)
            coverage = PeerWatch.Cover(this);
        if (coverage == PeerCoverage.Whole)
            Volatile.Write(ref _coveredEpoch, joined);
        else
            Volatile.Write(ref _nextLook, Environment.TickCount64 + (BlindNap.Milliseconds / 2));
        return coverage == PeerCoverage.Whole;
    }

    /// <summary>
    /// Tells a member that something which it sent was lost, and with it the way to answer. It finds out when it looks next.
    /// </summary>
    internal void Refuse(long stamp)
    {
        for (int slot = 1; slot <= MostMembers; slot++)
            if (Volatile.Read(ref Stamp(slot)) == stamp)
                Interlocked.Or(ref Roles(slot), Refused);
    }

    /// <summary>Tells whether this process was told so since it asked last.</summary>
    internal bool TakeRefusal() =>
        (Volatile.Read(ref Roles(Slot)) & Refused) != 0 && (Interlocked.And(ref Roles(Slot), ~Refused) & Refused) != 0;

    /// <summary>The other members.</summary>
    internal List<long> Peers()
    {
        var peers = new List<long>();
        for (int slot = 1; slot <= MostMembers; slot++)
            if (Volatile.Read(ref Stamp(slot)) is var stamp and not 0 && stamp != ProcessStamp.Own)
                peers.Add(stamp);
        return peers;
    }

    /// <summary>Tells whether somebody has this slot. Who leaves gives up what it holds before it gives up the slot.</summary>
    internal bool IsMember(int slot) => slot is >= 1 and <= MostMembers && Volatile.Read(ref Stamp(slot)) != 0;

    internal bool IsAlive(int slot) => slot is >= 1 and <= MostMembers && Volatile.Read(ref Stamp(slot)) is var stamp and not 0 && ProcessStamp.IsAlive(stamp);

    /// <summary>The number of the process that has a slot, for one who has to give up what it held; 0 for none.</summary>
    internal static int ProcessOf(byte* start, int slot) => ProcessStamp.IdOf(Volatile.Read(ref *(long*)(start + (slot * SlotSize))));

    /// <summary>
    /// Tells whether it leaves of its own accord, rather than having been killed, for one who has to give up what it held.
    /// </summary>
    internal static bool IsLeavingInOrder(byte* start, int slot) => (Volatile.Read(ref *(int*)(start + (slot * SlotSize) + SlotRoles)) & LeavesInOrder) != 0;

    /// <summary>This process uses the object no more. What it holds counts as left by a dead owner.</summary>
    internal void Leave()
    {
        if (_hasLeft)
            return;
        PeerWatch.Forget(this);
        // Where another member is stopped in the middle of a recovery, this one stays in the table until its own end.
        if (!TryEnterRecovery(s_patience, out _))
            return;
        try
        {
            Interlocked.Or(ref Roles(Slot), LeavesInOrder);
            // What it has sent and nobody has received yet counts as this process' until its end: it has to stay in the table for that.
            _hasLeft = Recover([Slot], isKept: Volatile.Read(ref SentBy(Slot)) != 0);
        }
        finally
        {
            ExitRecovery();
        }
    }

    internal void WakeAll()
    {
        for (int i = 0; i < _waitPoints; i++)
            Point(i).Reset();
    }

    /// <summary>Keeps the memory mapped, beyond the use that it is called in, until <see cref="Release"/>.</summary>
    internal void Retain()
    {
        bool isHeld = false;
        _segment.Block.DangerousAddRef(ref isHeld);
    }

    /// <summary>The same where it may not be mapped any more.</summary>
    /// <returns>False when it is not.</returns>
    internal bool TryRetain()
    {
        try
        {
            Retain();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    internal void Release() => _segment.Block.DangerousRelease();

    /// <summary>Keeps the memory mapped for a thread of the library's own.</summary>
    /// <returns>False when this process has let go of it.</returns>
    internal bool TryUse(Action<Membership> action)
    {
        bool isHeld = false;
        try
        {
            _segment.Block.DangerousAddRef(ref isHeld);
            action(this);
            return true;
        }
        catch (ObjectDisposedException) when (!isHeld)
        {
            return false;
        }
        finally
        {
            if (isHeld)
                _segment.Block.DangerousRelease();
        }
    }

    /// <summary>A process that ends in good order does not look as if it had been killed.</summary>
    private static void NoteExit()
    {
        foreach (var segment in SharedSegment.AllOpen())
            if (segment.Core<object>() is IShared { Membership: { } membership })
                membership.TryUse(static leaving => Interlocked.Or(ref leaving.Roles(leaving.Slot), LeavesInOrder));
    }

    private ref long Stamp(int slot) => ref *(long*)(_start + (slot * SlotSize));

    private ref int Roles(int slot) => ref *(int*)(_start + (slot * SlotSize) + SlotRoles);

    private ref int SentBy(int slot) => ref *(int*)(_start + (slot * SlotSize) + SlotInFlight);

    private int InFlight(int slot, int role) => (Volatile.Read(ref SentBy(slot)) >>> (role == 1 ? 0 : 16)) & 0xffff;

    private void Add(int slot, int role)
    {
        Interlocked.Or(ref Roles(slot), role);
        Interlocked.Or(ref Ever, role & ~LeavesInOrder);
        NoteChange();
    }

    private void NoteChange() => Interlocked.Increment(ref *(int*)(_start + SegmentLayout.Changes));

    /// <summary>One at a time, so that a process has one slot, whether it comes by itself or is enrolled.</summary>
    private int? Join(long stamp, TimeSpan patience, int role = 0, bool isMissed = true)
    {
        if (!TryEnterRecovery(patience, out long holder))
            throw new IOException(
                $"Process {ProcessStamp.IdOf(holder)} has stopped in the middle of using a shared object; continue or end it.");
        try
        {
            int? slot = FindSlot(stamp);
            if (slot is null)
            {
                RecoverDeadAlone();
                slot = FindSlot(stamp);
            }
            // Before anybody else may find that it has died.
            if (slot is { } found && role != 0)
                Add(found, isMissed || Volatile.Read(ref Roles(found)) != 0 ? role : role | LeavesInOrder);
            return slot;
        }
        finally
        {
            ExitRecovery();
        }
    }

    private int? FindSlot(long stamp)
    {
        int free = 0;
        for (int slot = MostMembers; slot >= 1; slot--)
        {
            long seen = Volatile.Read(ref Stamp(slot));
            if (seen == stamp)
                return slot;
            if (seen == 0)
                free = slot;
        }
        if (free == 0)
            return null;
        Volatile.Write(ref SentBy(free), 0);
        Volatile.Write(ref Roles(free), 0);
        Volatile.Write(ref Stamp(free), stamp);
        Interlocked.Increment(ref *(int*)(_start + Epoch));
        // Whoever sleeps has to watch the new one too before he sleeps on.
        WakeAll();
        return free;
    }
}
