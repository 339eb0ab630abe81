using System.Buffers;
using Multitasking.Invocation;
using Multitasking.Messaging;

namespace Multitasking.Objects;

/// <summary>A message as it was taken out of a ring; read once.</summary>
internal sealed class RingMessage(TakenMessage taken)
{
    private byte[] _rented = taken.Rented;

    /// <exception cref="InvalidDataException">It is not such a message.</exception>
    /// <exception cref="IOException">It holds something shared, for which this process had no descriptor free.</exception>
    internal T Read<T>(ChildTypes types, Func<GraphReader, T> read)
    {
        try
        {
            return GraphMessage.Read(taken, types, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = [];
        }
    }

    /// <summary>The bytes from a place on; they are copied.</summary>
    internal static ReadOnlyMemory<byte> Rest(GraphReader reader) => reader.Bytes.Take(reader.Bytes.Left).ToArray();

    /// <summary>Its first byte.</summary>
    internal byte First => taken.Bytes.Span[0];

    /// <exception cref="InvalidDataException">It is no request.</exception>
    internal RequestHead Head => RequestHead.Of(taken.Bytes.Span);

    internal int Length => taken.Length;

    /// <summary>A number that stands near its beginning; it stays unread.</summary>
    internal int Peek(int skipped) => new Transport.ByteReader(taken.Bytes[skipped..]).ReadNumber();

    /// <summary>Nobody wants it.</summary>
    internal void Drop() => Read(new ChildTypes(), static _ => 0);
}
