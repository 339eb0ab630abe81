using Multitasking.SharedMemory;
using static Multitasking.SharedMemory.SegmentLayout;

namespace Multitasking.Messaging;

/// <summary>
/// The messages of a channel in shared memory: a ring of bytes, in which each message stands in one piece. One writer and one reader at a time, which the channel's two locks see to.
/// </summary>
/// <remarks>
/// <para>The writer alone writes the tail, after the bytes before it (a release store); the reader alone writes the head, after it has copied what lies before it. Each reads the other's with an acquire load. That is all that arm64 needs: no byte
/// of a message is seen late, and none is overwritten early. One store publishes a message, so a writer that is killed has written a message or nothing, and a reader has taken it or not.</para>
/// <para>The ring is far larger than what is mostly in use: memory is set aside as it fills, and the writer begins anew at its beginning as soon as there is room, rather than at its end. So a channel whose reader keeps up stays in
/// a few warm pages, and one whose reader does not can hold what there is memory for.</para>
/// <para>Everything read from the memory is checked before it is used as a length or a place.</para>
/// </remarks>
internal readonly unsafe struct ChannelRing
{
    /// <summary>Bytes before each message: 4 its length, 1 its kind, 1 how many descriptors belong to it, 2 unused.</summary>
    internal const int HeaderSize = 8;

    /// <summary>The longest ring that a <see cref="RingPosition"/> can tell two rounds of: 4 GiB.</summary>
    internal const long MostBytes = 1L << 32;

    private const int TailOffset = State, HeadOffset = State + 64;

    // Beside each side's own position, where the other was when this side looked last: while that is enough, no cache line goes from core to core for it.
    private const int HeadSeenOffset = TailOffset + 8, TailSeenOffset = HeadOffset + 8;

    // Under the writers' lock: where it last went on at the beginning; what is being moved, and how many units of it, or 0.
    private const int LastWrapOffset = State + 320, MoveOffset = State + 328;

    private const int Unit = 8;

    private readonly byte* _start;
    private readonly long _units;
    private readonly long _warmUnits;
    private readonly long _capacity;

    /// <param name="start">Where the channel's memory begins.</param>
    /// <param name="bytes">How long the ring is; a power of two.</param>
    /// <param name="warmBytes">Up to where it is used while its reader keeps up.</param>
    /// <param name="capacity">How many messages it holds at most.</param>
    internal ChannelRing(byte* start, long bytes, long warmBytes, long capacity)
    {
        _start = start;
        _units = bytes / Unit;
        _warmUnits = Math.Min(warmBytes, bytes) / Unit;
        _capacity = capacity;
    }

    /// <summary>Any message up to this length finds room once the ring is empty, wherever that ends.</summary>
    internal long LongestMessage => (_units / 2 * Unit) - HeaderSize;

    internal RingPosition Tail => new(Volatile.Read(ref *(long*)(_start + TailOffset)));

    internal RingPosition Head => new(Volatile.Read(ref *(long*)(_start + HeadOffset)));

    /// <summary>How many messages lie there.</summary>
    internal long Count
    {
        get
        {
            // In this order: the head never passes a tail that is read after it.
            var head = Head;
            return Tail.MessagesSince(head);
        }
    }

    /// <summary>Whether none lies there.</summary>
    internal bool IsEmpty => Head is var head && TailSeen.Messages == head.Messages && Tail.Messages == head.Messages;

    private RingPosition HeadSeen => new(Volatile.Read(ref *(long*)(_start + HeadSeenOffset)));

    private RingPosition TailSeen => new(Volatile.Read(ref *(long*)(_start + TailSeenOffset)));

    private ref long LastWrap => ref *(long*)(_start + LastWrapOffset);

    private ref long Moving => ref *(long*)(_start + MoveOffset);

    private byte* Data => _start + Size;

    /// <summary>Begins both counts somewhere else than at 0. For tests of what happens when they wrap.</summary>
    internal void BeginAt(long messages, long place)
    {
        Volatile.Write(ref *(long*)(_start + TailOffset), RingPosition.Of(messages, place).Word);
        Volatile.Write(ref *(long*)(_start + HeadOffset), RingPosition.Of(messages, place).Word);
        Volatile.Write(ref *(long*)(_start + HeadSeenOffset), RingPosition.Of(messages, place).Word);
        Volatile.Write(ref *(long*)(_start + TailSeenOffset), RingPosition.Of(messages, place).Word);
    }

    /// <summary>Finds a place for a message.</summary>
    /// <param name="length">Its length without the header.</param>
    /// <param name="isLast">Whether it is the channel's end, which the capacity does not count.</param>
    /// <param name="slot">The place.</param>
    /// <returns>False when there is no room now.</returns>
    /// <exception cref="InvalidDataException">The ring was scribbled over.</exception>
    internal bool TryPlace(long length, bool isLast, out Slot slot)
    {
        var tail = Tail;
        // Unless the warm part ends here: then it matters whether the reader keeps up.
        if (TryPlace(length, isLast, tail, HeadSeen, out slot) && (slot.WrapAt >= 0 || slot.Offset + slot.Advance < _warmUnits || _warmUnits == _units))
            return true;
        var head = Head;
        Volatile.Write(ref *(long*)(_start + HeadSeenOffset), head.Word);
        return TryPlace(length, isLast, tail, head, out slot);
    }

    private bool TryPlace(long length, bool isLast, RingPosition tail, RingPosition head, out Slot slot)
    {
        long messages = tail.MessagesSince(head), used = Used(tail, head);
        if (messages > _capacity)
            throw Membership.Scribbled($"a ring of {messages} messages where {_capacity} fit");
        slot = default;
        if (messages == _capacity && !isLast)
            return false;
        long needed = Units(length), offset = tail.Place & (_units - 1), toEnd = _units - offset, free = _units - used;
        bool fitsAtEnd = needed <= toEnd && needed <= free, fitsAtStart = toEnd + needed <= free;
        // Before the warm part is full: what says that the ring goes on at its beginning needs memory too.
        bool wraps = fitsAtStart && (!fitsAtEnd || (offset + needed >= _warmUnits && used <= _warmUnits / 2));
        if (!wraps && !fitsAtEnd)
            return false;
        slot = wraps ? new Slot(tail, offset, 0, toEnd + needed) : new Slot(tail, -1, offset, needed);
        return true;
    }

    /// <summary>
    /// Finds out whether there is room behind the place where the writer began anew, if what it has written since is moved there. Otherwise a ring that was begun anew early would hold no more than its warm part until
    /// its reader follows.
    /// </summary>
    /// <param name="length">The length of the message for which there is no room.</param>
    /// <param name="end">Up to where memory is needed for the move.</param>
    internal bool CanStraighten(long length, out long end)
    {
        var tail = Tail;
        var head = Head;
        long wrap = LastWrap, offset = wrap & (_units - 1), moved = tail.Place & (_units - 1), used = Used(tail, head);
        end = (offset + moved) * Unit;
        return tail.MessagesSince(head) < _capacity
            && ((wrap - head.Place) & ((2 * _units) - 1)) < used
            && ((tail.Place - wrap) & ((2 * _units) - 1)) == _units - offset + moved
            && moved <= offset
            && offset + moved + Units(length) <= _units
            && KindOf(Volatile.Read(ref *(long*)(Data + (offset * Unit)))) == MessageKind.Wrap;
    }

    /// <summary>Moves it. Under both locks; killed in the middle, it is finished by <see cref="FinishMove"/>.</summary>
    internal void Straighten()
    {
        BeginMove();
        FinishMove();
    }

    /// <summary>Notes what is to be moved.</summary>
    internal void BeginMove() => Volatile.Write(ref Moving, (LastWrap << 32) | (Tail.Place & (_units - 1)));

    /// <summary>Finishes a move: what is moved stays where it was until nobody needs to know of it any more, so it can be done again.</summary>
    internal void FinishMove()
    {
        long moving = Moving, wrap = moving >>> 32, offset = wrap & (_units - 1), moved = moving & uint.MaxValue;
        if (moved > 0 && wrap < 2 * _units && moved <= offset && offset + moved <= _units)
        {
            Buffer.MemoryCopy(Data, Data + (offset * Unit), moved * Unit, moved * Unit);
            var tail = Tail;
            Volatile.Write(ref *(long*)(_start + TailOffset), RingPosition.Of(tail.Messages, wrap + moved, tail.IsCompleted).Word);
            Volatile.Write(ref *(long*)(_start + TailSeenOffset), RingPosition.Of(Head.Messages, Head.Place).Word);
        }
        Volatile.Write(ref Moving, 0);
    }

    /// <summary>Where the ring has to have memory for a message at this place.</summary>
    internal static long EndOf(Slot slot, long length) => Math.Max(slot.Offset + Units(length), slot.WrapAt + 1) * Unit;

    /// <summary>Writes the header, and says where the contents go.</summary>
    internal byte* Begin(Slot slot, int length, MessageKind kind, int descriptors)
    {
        if (slot.WrapAt >= 0)
        {
            *(long*)(Data + (slot.WrapAt * Unit)) = Header(0, MessageKind.Wrap, 0);
            Volatile.Write(ref LastWrap, slot.Tail.Place);
        }
        byte* at = Data + (slot.Offset * Unit);
        *(long*)at = Header(length, kind, descriptors);
        return at + HeaderSize;
    }

    /// <summary>Makes the message visible.</summary>
    internal void Publish(Slot slot) =>
        Volatile.Write(ref *(long*)(_start + TailOffset), RingPosition.Of(slot.Tail.Messages + 1, Next(slot.Tail.Place, slot.Advance)).Word);

    /// <summary>Makes the end of the channel visible, with the failure at its place or without one.</summary>
    internal void Complete(Slot? failure)
    {
        var tail = Tail;
        long place = failure is { } slot ? Next(tail.Place, slot.Advance) : tail.Place;
        Volatile.Write(ref *(long*)(_start + TailOffset), RingPosition.Of(tail.Messages, place, isCompleted: true).Word);
    }

    /// <summary>Finds the next message.</summary>
    /// <returns>False when there is none, or only the failure that ends the channel.</returns>
    /// <exception cref="InvalidDataException">The ring was scribbled over.</exception>
    internal bool TryPeek(out Message message)
    {
        var head = Head;
        var tail = TailSeen;
        message = default;
        if (tail.Messages == head.Messages)
        {
            tail = Tail;
            Volatile.Write(ref *(long*)(_start + TailSeenOffset), tail.Word);
            if (tail.Messages == head.Messages)
                return false;
        }
        return TryRead(head, tail, out message);
    }

    /// <summary>Finds the failure with which the channel ended.</summary>
    /// <exception cref="InvalidDataException">The ring was scribbled over.</exception>
    internal bool TryPeekFailure(out Message message)
    {
        var head = Head;
        var tail = Tail;
        message = default;
        return tail.IsCompleted && tail.MessagesSince(head) == 0 && head.Place != tail.Place && TryRead(head, tail, out message) && message.Kind == MessageKind.Failure;
    }

    /// <summary>Gives the room of a message back to the writer.</summary>
    internal void Take(Message message) =>
        Volatile.Write(ref *(long*)(_start + HeadOffset), RingPosition.Of(message.Head.Messages + 1, Next(message.Head.Place, message.Advance)).Word);

    /// <summary>Whether nothing beyond the warm part is in use, nor will be next. Under both locks, or the writer's when the ring is empty.</summary>
    internal bool IsWarm(RingPosition tail, RingPosition head) =>
        (tail.Place & (_units - 1)) is var end && (head.Place & (_units - 1)) is var begin && Used(tail, head) == end - begin && end <= _warmUnits;

    internal long WarmBytes => _warmUnits * Unit;

    private bool TryRead(RingPosition head, RingPosition tail, out Message message)
    {
        long used = Used(tail, head), offset = head.Place & (_units - 1), skipped = 0;
        if (tail.MessagesSince(head) > _capacity)
            throw Membership.Scribbled("more messages than fit into a ring");
        message = default;
        if (used == 0)
            throw Membership.Scribbled("messages without contents");
        long header = Volatile.Read(ref *(long*)(Data + (offset * Unit)));
        if (KindOf(header) == MessageKind.Wrap)
        {
            skipped = _units - offset;
            offset = 0;
            if (skipped >= used)
                throw Membership.Scribbled("a ring that goes on beyond its end");
            header = Volatile.Read(ref *(long*)Data);
        }
        int length = (int)header;
        if (length < 0 || KindOf(header) is not (MessageKind.Value or MessageKind.Null or MessageKind.Failure) || Units(length) > used - skipped || offset + Units(length) > _units)
            throw Membership.Scribbled($"a message of {(uint)length} bytes, kind {(byte)KindOf(header)}");
        message = new Message(head, Data + (offset * Unit) + HeaderSize, length, KindOf(header), (byte)(header >>> 40), skipped + Units(length));
        return true;
    }

    private long Used(RingPosition tail, RingPosition head)
    {
        long used = (tail.Place - head.Place) & ((2 * _units) - 1);
        return used <= _units && tail.Place < 2 * _units && head.Place < 2 * _units
            ? used
            : throw Membership.Scribbled($"a ring written up to {tail.Place} and read up to {head.Place}");
    }

    private long Next(long place, long advance) => (place + advance) & ((2 * _units) - 1);

    private static long Units(long length) => (HeaderSize + length + Unit - 1) / Unit;

    private static long Header(int length, MessageKind kind, int descriptors) => (uint)length | ((long)kind << 32) | ((long)(byte)descriptors << 40);

    private static MessageKind KindOf(long header) => (MessageKind)(byte)(header >>> 32);

    /// <summary>A place for a message that is about to be written.</summary>
    /// <param name="Tail">The writer's position before it.</param>
    /// <param name="WrapAt">Where to say that the ring goes on at its beginning; -1 for nowhere.</param>
    /// <param name="Offset">Where its header goes, in units.</param>
    /// <param name="Advance">How far the writer is afterwards, in units.</param>
    internal readonly record struct Slot(RingPosition Tail, long WrapAt, long Offset, long Advance);

    /// <summary>A message that lies in the ring.</summary>
    internal readonly struct Message(RingPosition head, byte* contents, int length, MessageKind kind, int descriptors, long advance)
    {
        internal RingPosition Head { get; } = head;

        internal int Length { get; } = length;

        internal MessageKind Kind { get; } = kind;

        internal int Descriptors { get; } = descriptors;

        internal long Advance { get; } = advance;

        /// <summary>Its bytes, which its writer could still change if it is hostile.</summary>
        internal ReadOnlySpan<byte> Contents => new(contents, Length);
    }
}
