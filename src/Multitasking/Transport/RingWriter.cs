using System.Runtime.CompilerServices;

namespace Multitasking.Transport;

/// <summary>The writing side of a <see cref="Ring"/>. What the other side says is checked: it can make this side wait, and nothing else.</summary>
internal sealed unsafe class RingWriter(Ring ring)
{
    private long _tail;
    private long _headSeen;

    /// <summary>Room for at least so many bytes, as far as known without looking.</summary>
    internal bool HasRoom(int bytes) => ring.Capacity - (_tail - _headSeen) >= bytes || Room() >= bytes;

    /// <summary>How many bytes fit now.</summary>
    /// <exception cref="InvalidDataException">The reader claims to have read what was never written.</exception>
    internal int Room()
    {
        long head = Volatile.Read(ref *ring.Head);
        if (head < _headSeen || head > _tail)
            throw ByteReader.Malformed($"a ring read up to {head} of {_tail}");
        _headSeen = head;
        return (int)(ring.Capacity - (_tail - head));
    }

    /// <summary>Adds bytes for which there is room; the other side sees them after <see cref="Publish"/>.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        ring.CopyIn(_tail, bytes);
        _tail += bytes.Length;
    }

    /// <summary>Adds a tag and a value.</summary>
    internal void Add<T>(byte tag, T value)
    {
        ring.CopyIn(_tail, tag, value);
        _tail += 1 + Unsafe.SizeOf<T>();
    }

    internal void Publish() => Volatile.Write(ref *ring.Tail, _tail);
}
