namespace Multitasking.Transport;

/// <summary>The reading side of a <see cref="Ring"/>. It copies what it reads: the other side may scribble over the ring at any time.</summary>
internal sealed unsafe class RingReader(Ring ring)
{
    private long _head;
    private long _tailSeen;

    /// <summary>How many bytes lie there.</summary>
    /// <exception cref="InvalidDataException">The writer claims to have written more than fits.</exception>
    internal int Available()
    {
        long tail = Volatile.Read(ref *ring.Tail);
        if (tail < _tailSeen || tail - _head > ring.Capacity)
            throw ByteReader.Malformed($"a ring written up to {tail} and read up to {_head}");
        _tailSeen = tail;
        return (int)(tail - _head);
    }

    /// <summary>Whether more was written since <see cref="Available"/> was asked last.</summary>
    internal bool HasNew => Volatile.Read(ref *ring.Tail) != _tailSeen;

    /// <summary>Copies bytes that lie there, without taking them away.</summary>
    internal void Peek(Span<byte> destination) => ring.CopyOut(_head, destination);

    /// <summary>Takes bytes away: their room is the writer's again.</summary>
    internal void Release(int bytes)
    {
        _head += bytes;
        Volatile.Write(ref *ring.Head, _head);
    }
}
