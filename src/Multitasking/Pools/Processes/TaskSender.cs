using System.Buffers.Binary;
using Multitasking.Interop;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

/// <summary>
/// Sends messages to a worker without ever waiting for it: what the ring does not take at once is kept until there is room. Guarded by the
/// pool's lock.
/// </summary>
/// <param name="ring">The ring of tasks.</param>
/// <param name="onFault">Told when the worker claims to have read what it was not given.</param>
internal sealed unsafe class TaskSender(Ring ring, Action<Exception> onFault)
{
    private readonly RingWriter _writer = new(ring);
    private readonly Queue<(MessagePart Part, Order? Order, bool IsLast)> _outbox = new();
    private int _sentOfFirst;

    internal bool HasUnsent => _outbox.Count > 0;

    /// <summary>Tells whether the worker slept when it was sent something last.</summary>
    internal bool HadToBeWoken { get; private set; }

    /// <summary>Sends an order. One that holds arrays of the caller is begun only: he goes on with <see cref="SendSome"/>.</summary>
    internal void Send(Order order)
    {
        if (order.Borrowed.Count == 0)
            Add(new MessagePart(order.Bytes, 0, order.Length), order);
        else
            AddInParts(order);
        Publish();
    }

    /// <summary>Sends a message.</summary>
    internal void Send(ReadOnlySpan<byte> payload)
    {
        Add(payload);
        Publish();
    }

    /// <summary>Sends a message with its length before it, which stays where it is until it is sent.</summary>
    internal void Send(MessagePart message)
    {
        Add(message);
        Publish();
    }

    /// <summary>Adds a message that is sent with the next one.</summary>
    internal void Add(ReadOnlySpan<byte> payload) => Add(Message(payload));

    /// <summary>
    /// Says which tokens of the order that is sent next are cancelled, so that its target finds them so. On the link, that could come after
    /// the target has begun.
    /// </summary>
    internal void AddCancelled(IReadOnlyList<CancellationToken> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].IsCancellationRequested)
                continue;
            var message = new ByteWriter();
            message.WriteByte((byte)TaskKind.Cancelled);
            message.WriteNumber(i + 1);
            Add(message.Payload);
        }
    }

    /// <summary>Sends what waits, as far as there is room; the bell rings when there is more.</summary>
    internal void Flush()
    {
        while (HasUnsent)
        {
            SendSome();
            if (!HasUnsent)
                break;
            Volatile.Write(ref *ring.WriterSleeps, 1);
            Interlocked.MemoryBarrier();
            if (Room() == 0)
                break;
        }
    }

    /// <summary>Sends what waits, as far as there is room.</summary>
    /// <returns>Whether anything was sent.</returns>
    internal bool SendSome()
    {
        bool any = false;
        while (_outbox.TryPeek(out var message))
        {
            int piece = Math.Min(Room(), message.Part.Length - _sentOfFirst);
            if (piece == 0 && message.Part.Length > 0)
                break;
            any = true;
            _writer.Add(message.Part.Span.Slice(_sentOfFirst, piece));
            _sentOfFirst += piece;
            Publish();
            if (_sentOfFirst < message.Part.Length)
                continue;
            _outbox.Dequeue();
            _sentOfFirst = 0;
            if (message is not { Order: { } order, IsLast: true })
                continue;
            order.IsInOutbox = false;
            order.IsSpent = order.Borrowed.Count > 0;
            order.Borrowed = [];
        }
        return any;
    }

    /// <summary>Copies what waits to be sent of the caller's arrays: he waits no longer.</summary>
    internal void Materialize(Order order)
    {
        var waiting = _outbox.ToList();
        int left = waiting.Where(message => message.Order == order).Sum(static message => message.Part.Length);
        if (waiting[0].Order == order)
            (left, _sentOfFirst) = (left - _sentOfFirst, 0);
        order.Materialize();
        _outbox.Clear();
        bool isIn = false;
        foreach (var message in waiting)
        {
            if (message.Order != order)
                _outbox.Enqueue(message);
            else if (!isIn)
                _outbox.Enqueue((new MessagePart(order.Bytes, order.Length - left, left), order, true));
            isIn |= message.Order == order;
        }
        Flush();
    }

    private static MessagePart Message(ReadOnlySpan<byte> payload)
    {
        byte[] message = new byte[sizeof(int) + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, payload.Length);
        payload.CopyTo(message.AsSpan(sizeof(int)));
        return new MessagePart(message, 0, message.Length);
    }

    /// <summary>Adds a message with its length before it.</summary>
    internal void Add(MessagePart message, Order? order = null)
    {
        if (_outbox.Count == 0 && Room(message.Length) >= message.Length)
        {
            _writer.Add(message.Span);
            return;
        }
        if (order is not null)
            order.IsInOutbox = true;
        _outbox.Enqueue((message, order, true));
        Flush();
    }

    private void AddInParts(Order order)
    {
        order.IsInOutbox = true;
        var parts = order.Parts().ToList();
        for (int i = 0; i < parts.Count; i++)
            _outbox.Enqueue((parts[i], order, i == parts.Count - 1));
        SendSome();
    }

    /// <summary>
    /// How many bytes fit into the ring. A worker that claims to have read what it was not given is killed, and gets nothing more.
    /// </summary>
    private int Room(int wanted = int.MaxValue)
    {
        try
        {
            return wanted < int.MaxValue && _writer.HasRoom(wanted) ? wanted : _writer.Room();
        }
        catch (InvalidDataException exception)
        {
            onFault(exception);
            return 0;
        }
    }

    private void Publish()
    {
        _writer.Publish();
        // Between the tail that was published and the flag that is read.
        Interlocked.MemoryBarrier();
        HadToBeWoken = Volatile.Read(ref *ring.ReaderSleeps) != 0;
        if (!HadToBeWoken)
            return;
        Volatile.Write(ref *ring.ReaderSleeps, 0);
        Futex.Wake(ring.ReaderSleeps);
    }
}
