using System.Buffers;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Messaging;

namespace Multitasking.Objects;

/// <summary>A message as it was taken out of a ring; read once.</summary>
internal sealed class RingMessage(byte[] rented, int length, List<SafeDescriptor> descriptors)
{
    private byte[] _rented = rented;

    /// <exception cref="InvalidDataException">It is not such a message.</exception>
    internal T Read<T>(ChildTypes types, Func<GraphReader, T> read)
    {
        try
        {
            return GraphMessage.Read(_rented.AsMemory(0, length), descriptors, types, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = [];
        }
    }

    /// <summary>The bytes from a place on; they are copied.</summary>
    internal static ReadOnlyMemory<byte> Rest(GraphReader reader) => reader.Bytes.Take(reader.Bytes.Left).ToArray();

    /// <summary>A number that stands near its beginning; it stays unread.</summary>
    internal int Peek(int skipped) => new Transport.ByteReader(_rented.AsMemory(skipped, length - skipped)).ReadNumber();

    /// <summary>Nobody wants it.</summary>
    internal void Drop() => Read(new ChildTypes(), static _ => 0);
}
