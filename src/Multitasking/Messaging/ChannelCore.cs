using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Messaging;

/// <summary>
/// A channel as one process has it: its ring, a lock for writers and one for readers, and who is there. Both locks are taken away from a
/// process that dies with them; what they guard is whole at every instruction, but for a move within the ring, which is finished by whoever
/// puts things in order.
/// </summary>
internal sealed unsafe partial class ChannelCore : IShared, IRepairable
{
    internal const int WriterRole = 1, ReaderRole = 2;

    /// <summary>How much of the ring of messages of any size stays in use while the reader keeps up.</summary>
    internal const long WarmBytes = 4 << 20;

    private const int ChannelKind = 1, WriterLock = SegmentLayout.State + 128, ReaderLock = SegmentLayout.State + 192;

    private const int WriterLockPoint = 1, ReaderLockPoint = 2, ReadersPoint = 3, WritersPoint = 4, EndPoint = 5, PointCount = 6;

    internal const int LongestFailure = 16 << 10;

    // Twice what it takes to wake a thread on another core.
    private static readonly TimeSpan s_longestSpin = TimeSpan.FromMicroseconds(100);

    private readonly SharedSegment _segment;
    private readonly ChannelRing _ring;
    private readonly RobustLock _writing;
    private readonly RobustLock _reading;
    private readonly RingPages _pages;
    private long _writersSeen = -1;
    private long _readersSeen = -1;

    /// <param name="segment">The memory.</param>
    /// <param name="capacity">How many messages it holds at most.</param>
    /// <exception cref="InvalidDataException">The memory is no channel's.</exception>
    internal ChannelCore(SharedSegment segment, long capacity)
    {
        _segment = segment;
        Capacity = capacity;
        long bytes = segment.Size - SegmentLayout.Size;
        if (bytes < ChannelMemory.SmallestRing || !long.IsPow2(bytes) || bytes > ChannelRing.MostBytes
            || capacity is < 1 or > RingPosition.MostMessages)
            throw new InvalidDataException("Another process passed on memory that is no channel's.");
        Membership = new Membership(segment, this, ChannelKind, PointCount);
        _ring = new ChannelRing(segment.Start, bytes, WarmBytes, capacity);
        _writing = new RobustLock(Membership, (int*)(segment.Start + WriterLock), WriterLockPoint);
        _reading = new RobustLock(Membership, (int*)(segment.Start + ReaderLock), ReaderLockPoint);
        _pages = new RingPages(segment, Membership, _ring, _writing);
        Readers = new Waiting(Membership, ReadersPoint, s_longestSpin);
        Writers = new Waiting(Membership, WritersPoint, s_longestSpin);
        End = new Waiting(Membership, EndPoint, TimeSpan.Zero);
    }

    public Membership Membership { get; }

    internal long Capacity { get; }

    /// <summary>Where one waits for messages.</summary>
    internal Waiting Readers { get; }

    /// <summary>Where one waits for room.</summary>
    internal Waiting Writers { get; }

    /// <summary>Where one waits for the end, apart from those who wait for messages: each message wakes one of them.</summary>
    internal Waiting End { get; }

    internal long Count => Math.Min(_ring.Count, Capacity);

    /// <summary>How far the writers have come, and the readers.</summary>
    internal RingPosition Written => _ring.Tail;

    /// <inheritdoc cref="Written"/>
    internal RingPosition Taken => _ring.Head;

    internal bool IsCompleted => _ring.Tail.IsCompleted;

    /// <summary>Tells whether it was completed, and everything in it read.</summary>
    internal bool IsDrained => _ring.Tail is { IsCompleted: true } tail && tail.MessagesSince(_ring.Head) == 0;

    void IRepairable.Unlock(int slot)
    {
        // Both are its own then.
        if (_writing.Owner == slot && _reading.Owner == slot)
            _ring.FinishMove();
        _writing.TakeFrom(slot);
        _reading.TakeFrom(slot);
    }

    // Whatever a member held, it held with its locks.
    void IRepairable.Abandon(int slot)
    {
    }

    /// <summary>Tells whether there were writers, and none is left: nothing will come any more.</summary>
    internal bool HasLostWriters => IsNobodyLeft(WriterRole, ref _writersSeen);

    /// <summary>Tells whether there were readers, and none is left: nobody will take anything any more.</summary>
    internal bool HasLostReaders => IsNobodyLeft(ReaderRole, ref _readersSeen);

    /// <summary>Writes a value without references, if there is room.</summary>
    internal ChannelOutcome TryWriteBlock<T>(T value)
    {
        _writing.Enter();
        try
        {
            if (_ring.Tail.IsCompleted)
                return ChannelOutcome.Closed;
            if (!TryPlace(Unsafe.SizeOf<T>(), out var slot))
                return ChannelOutcome.NotNow;
            _pages.Allocate(ChannelRing.EndOf(slot, Unsafe.SizeOf<T>()));
            Unsafe.WriteUnaligned(_ring.Begin(slot, Unsafe.SizeOf<T>(), MessageKind.Value, 0), value);
            _ring.Publish(slot);
        }
        finally
        {
            _writing.Exit();
        }
        Membership.Point(ReadersPoint).WakeAfterFence(1);
        return ChannelOutcome.Done;
    }

    /// <summary>Writes bytes as a message, if there is room.</summary>
    internal ChannelOutcome TryWrite(MessageKind kind, ReadOnlySpan<byte> bytes, GraphMessage? graph = null)
    {
        if (bytes.Length > _ring.LongestMessage)
            throw new InvalidOperationException($"A message of {bytes.Length:N0} bytes is more than the {_ring.LongestMessage:N0} that fit into one. Use a SharedArray.");
        // With descriptors a number follows that theirs bear too: a writer that was killed may have sent others for the same place.
        var shared = graph?.Descriptors;
        int carried = shared?.Count ?? 0, length = bytes.Length + (carried > 0 ? sizeof(long) : 0);
        long tag = carried > 0 ? Random.Shared.NextInt64() : 0;
        _writing.Enter();
        try
        {
            if (_ring.Tail.IsCompleted)
                return ChannelOutcome.Closed;
            if (!TryPlace(length, out var slot))
                return ChannelOutcome.NotNow;
            _pages.Allocate(ChannelRing.EndOf(slot, length));
            if (carried > 0 && !TrySend(slot.Tail, tag, shared!))
                return ChannelOutcome.NotNow;
            var contents = new Span<byte>(_ring.Begin(slot, length, kind, carried), length);
            bytes.CopyTo(contents);
            if (carried > 0)
                BinaryPrimitives.WriteInt64LittleEndian(contents[bytes.Length..], tag);
            _ring.Publish(slot);
        }
        finally
        {
            _writing.Exit();
        }
        Membership.Point(ReadersPoint).WakeAfterFence(1);
        return ChannelOutcome.Done;
    }

    /// <summary>Ends the channel for its writers; readers get what lies in it first.</summary>
    /// <returns>False when it was completed already.</returns>
    internal bool TryComplete(Exception? failure)
    {
        var bytes = new ByteWriter();
        if (failure is not null)
        {
            FailureCodec.Write(bytes, failure, Trust.None);
            if (bytes.PayloadLength > LongestFailure)
            {
                bytes.Reset();
                FailureCodec.Write(bytes, new IOException(Shortened($"{failure.GetType()}: {failure.Message}")), Trust.None);
            }
        }
        _writing.Enter();
        try
        {
            if (_ring.Tail.IsCompleted)
                return false;
            ChannelRing.Slot? place = null;
            if (failure is not null && _ring.TryPlace(bytes.PayloadLength, isLast: true, out var slot))
            {
                _pages.Allocate(ChannelRing.EndOf(slot, bytes.PayloadLength));
                bytes.Payload.CopyTo(new Span<byte>(_ring.Begin(slot, bytes.PayloadLength, MessageKind.Failure, 0), bytes.PayloadLength));
                place = slot;
            }
            _ring.Complete(place);
        }
        finally
        {
            _writing.Exit();
        }
        Membership.WakeAll();
        return true;
    }

    /// <summary>Takes a value without references, if one lies there.</summary>
    internal ChannelOutcome TryReadBlock<T>(out T value)
    {
        value = default!;
        // The look that finds nothing is the frequent one, and needs no lock.
        if (_ring.IsEmpty)
            return IsDrained ? ChannelOutcome.Closed : ChannelOutcome.NotNow;
        _reading.Enter();
        try
        {
            if (!_ring.TryPeek(out var message))
                return IsDrained ? ChannelOutcome.Closed : ChannelOutcome.NotNow;
            if (message.Length != Unsafe.SizeOf<T>() || message.Kind != MessageKind.Value)
                throw Membership.Scribbled($"a message of {message.Length} bytes where all have {Unsafe.SizeOf<T>()}");
            value = Unsafe.ReadUnaligned<T>(in message.Contents[0]);
            _ring.Take(message);
        }
        finally
        {
            _reading.Exit();
        }
        WakeAfterTaking();
        if (BlockCheck<T>.IsNeeded)
            BlockCheck<T>.Check(ValueCodec<T>.Bytes([value]), 0, Unsafe.SizeOf<T>());
        return ChannelOutcome.Done;
    }

    /// <summary>Takes a text or an array, if one lies there.</summary>
    internal ChannelOutcome TryReadBytes<T>(out T value)
    {
        value = default!;
        if (_ring.IsEmpty)
            return IsDrained ? ChannelOutcome.Closed : ChannelOutcome.NotNow;
        _reading.Enter();
        try
        {
            if (!_ring.TryPeek(out var message))
                return IsDrained ? ChannelOutcome.Closed : ChannelOutcome.NotNow;
            if (message.Kind != MessageKind.Null)
                value = MessageCodec<T>.FromBytes(message.Contents);
            _ring.Take(message);
            _pages.TrimIfEmpty();
        }
        finally
        {
            _reading.Exit();
        }
        WakeAfterTaking();
        return ChannelOutcome.Done;
    }

    /// <summary>Takes the bytes of a graph, if one lies there.</summary>
    /// <param name="taken">What was taken.</param>
    /// <param name="isSoleReader">Whether nobody else ever reads. Else descriptors that are missing went with a reader that was killed,
    /// and the message with it.</param>
    /// <exception cref="IOException">Its descriptors cannot be had now; it stays.</exception>
    internal ChannelOutcome TryTake(out TakenMessage taken, bool isSoleReader = false)
    {
        taken = default;
        if (_ring.IsEmpty)
            return IsDrained ? ChannelOutcome.Closed : ChannelOutcome.NotNow;
        bool isAnyTaken = false;
        _reading.Enter();
        try
        {
            while (true)
            {
                if (!_ring.TryPeek(out var message))
                    return IsDrained ? ChannelOutcome.Closed : ChannelOutcome.NotNow;
                isAnyTaken = true;
                List<SafeDescriptor> descriptors = [];
                IOException? loss = null;
                if (message.Descriptors > 0 && !TryReceive(message, descriptors, out loss) && loss is null && !isSoleReader)
                {
                    // They went with a reader that was killed when it had them and not the message: that is lost with it.
                    _ring.Take(message);
                    continue;
                }
                int length = message.Length - (message.Descriptors > 0 ? sizeof(long) : 0);
                byte[] rented = ArrayPool<byte>.Shared.Rent(length);
                message.Contents[..length].CopyTo(rented);
                _ring.Take(message);
                taken = new TakenMessage(rented, length, descriptors, loss);
                _pages.TrimIfEmpty();
                break;
            }
        }
        finally
        {
            _reading.Exit();
            if (isAnyTaken)
                WakeAfterTaking();
        }
        return ChannelOutcome.Done;
    }

    /// <summary>Why nothing comes any more; null for an end in good order.</summary>
    internal Exception? FindFailure(string owner)
    {
        if (!IsCompleted)
            return Membership.LostIn(WriterRole) is var id and not 0
                ? new WorkerLostException($"Process {id} ended while it could write to {owner}, and no writer is left: what it had still to say will not come.", owner, id, null)
                : null;
        byte[] bytes;
        _reading.Enter();
        try
        {
            if (!_ring.TryPeekFailure(out var message))
                return null;
            bytes = message.Contents.ToArray();
        }
        finally
        {
            _reading.Exit();
        }
        return FailureCodec.Read(bytes, new ChildTypes(), owner, 0);
    }

    /// <summary>After the readers' lock was left, which is a full fence.</summary>
    private void WakeAfterTaking()
    {
        Membership.Point(WritersPoint).WakeAfterFence(1);
        var end = Membership.Point(EndPoint);
        if (end.HasSleepers && _ring.Count == 0 && (IsCompleted || HasLostWriters))
            end.WakeAfterFence(int.MaxValue);
    }

    /// <summary>Whoever was woken for a message has looked at it, and not taken it: another may want it.</summary>
    internal void PassOnMessage() => Membership.Point(ReadersPoint).Wake(1);

    /// <summary>The same for room.</summary>
    internal void PassOnRoom() => Membership.Point(WritersPoint).Wake(1);

    private static string Shortened(string text) => text.Length <= 1000 ? text : text[..1000];

    private bool IsNobodyLeft(int role, ref long seen)
    {
        // Looking through all slots takes longer than everything else, so only after a change.
        while (true)
        {
            int changes = Membership.Changes;
            long known = Volatile.Read(ref seen);
            if (known >= 0 && (uint)(known >> 1) == (uint)changes)
                return (known & 1) != 0;
            bool isNobodyLeft = Membership.HadAny(role) && !Membership.HasAny(role);
            // What was handed on meanwhile may have been seen at neither of the two: not there yet, and here no more.
            if (Membership.Changes == changes)
                Volatile.Write(ref seen, ((long)(uint)changes << 1) | (isNobodyLeft ? 1L : 0L));
        }
    }

    /// <summary>Under the writers' lock.</summary>
    private bool TryPlace(long length, out ChannelRing.Slot slot)
    {
        if (_ring.TryPlace(length, isLast: false, out slot))
            return true;
        if (!_ring.CanStraighten(length, out _))
            return false;
        _reading.Enter();
        try
        {
            if (!_ring.CanStraighten(length, out long end))
                return false;
            _pages.Allocate(end);
            _ring.Straighten();
        }
        finally
        {
            _reading.Exit();
        }
        return _ring.TryPlace(length, isLast: false, out slot);
    }
}
