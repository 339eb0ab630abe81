using System.Buffers;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Messaging;

/// <summary>A message that is a graph of objects, as bytes. Written once, however often there is no room for it.</summary>
internal sealed class GraphMessage
{
    private static readonly Func<int, string> s_label = static _ => "the message";

    [ThreadStatic]
    private static ByteWriter? s_bytes;

    private byte[] _rented;
    private readonly int _length;
    private readonly Crossing _crossing;

    private GraphMessage(ByteWriter bytes, Crossing crossing)
    {
        _length = bytes.PayloadLength;
        _rented = ArrayPool<byte>.Shared.Rent(_length);
        bytes.Payload.CopyTo(_rented);
        _crossing = crossing;
    }

    internal ReadOnlySpan<byte> Bytes => _rented.AsSpan(0, _length);

    /// <summary>The descriptors that go with it.</summary>
    internal List<SafeDescriptor> Descriptors => _crossing.Descriptors();

    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    internal static GraphMessage Write<T>(T value) => Write("a message of a channel", Bounds<T>.Trust, value, static (writer, value) =>
    {
        writer.WriteRoot(ValueCodec<T>.Slot, value, s_label, 0);
        if (writer.Crossing.HasShared && !MessageCodec<T>.MayShare)
            throw new TargetNotSupportedException(
                $"The message holds a channel, a lock or shared memory, which {TypeNames.Of(typeof(T))} does not let expect: the channel has no way for it. Make it a channel of the class that declares it, or of object.");
    });

    /// <summary>A message with contents of any kind.</summary>
    /// <param name="what">What it is, for errors.</param>
    /// <param name="reader">What its reader makes.</param>
    /// <param name="state">Handed to <paramref name="write"/>.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    internal static GraphMessage Write<TState>(string what, Trust reader, TState state, Action<GraphWriter, TState> write)
    {
        // What is written may enumerate a collection of the user's, which may write to a channel.
        var bytes = s_bytes ?? new ByteWriter();
        s_bytes = null;
        bytes.Reset();
        var crossing = Crossing.ToMany(what, reader);
        try
        {
            write(new GraphWriter(bytes, crossing), state);
            crossing.CountInFlight(1);
            return new GraphMessage(bytes, crossing);
        }
        catch
        {
            crossing.Release();
            throw;
        }
        finally
        {
            s_bytes = bytes;
        }
    }

    /// <summary>Reads a message, which any process that has the channel may have written.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    /// <exception cref="IOException">It holds something shared, for which this process had no descriptor free.</exception>
    internal static T Read<T>(TakenMessage message) =>
        Read(message, new ChildTypes(Bounds<T>.Budget, Bounds<T>.Trust), static reader => (T)reader.ReadRoot(ValueCodec<T>.Slot)!);

    /// <param name="message">The message; descriptors that nothing in it takes are closed.</param>
    /// <param name="types">What may be in it.</param>
    /// <param name="read">Reads its contents.</param>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    /// <exception cref="IOException">It holds something shared, for which this process had no descriptor free.</exception>
    internal static T Read<T>(TakenMessage message, ChildTypes types, Func<GraphReader, T> read)
    {
        var arrival = new MessageArrival(message.Descriptors, message.Loss);
        try
        {
            return read(new GraphReader(new ByteReader(message.Bytes), types, arrival));
        }
        catch (InvalidDataException exception) when (message.Loss is { } loss && exception.InnerException == loss)
        {
            throw loss;
        }
        finally
        {
            arrival.Close();
        }
    }

    /// <summary>It is sent, or is not going to be.</summary>
    internal void End(bool wasSent)
    {
        if (_rented.Length == 0)
            return;
        if (!wasSent)
            _crossing.CountInFlight(-1);
        _crossing.Release();
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = [];
    }

    /// <summary>What all messages of a type have in common, whichever channel they come through.</summary>
    private static class Bounds<T>
    {
        /// <summary>What they may leave behind in this process.</summary>
        internal static ChildBudget Budget { get; } = new();

        /// <summary>Of what they may hold objects.</summary>
        internal static Trust Trust { get; } = new(typeof(T));
    }

    /// <summary>The references that came with a message.</summary>
    private sealed class MessageArrival(List<SafeDescriptor> descriptors, IOException? loss) : Arrival
    {
        private readonly bool[] _taken = new bool[descriptors.Count];
        private readonly HashSet<(SharedSegment, int)> _received = [];

        internal override CancellationToken Termination => CancellationToken.None;

        internal override CancellationToken Token(int number, bool isCancelled) =>
            throw ByteReader.Malformed("a cancellation token in a message");

        internal override object Progress(Type value, int number) => throw ByteReader.Malformed("an IProgress in a message");

        internal override SafeDescriptor? TakeDescriptor(int number, int sent)
        {
            if (number < 1 || number > descriptors.Count)
                throw loss ?? (Exception)ByteReader.Malformed($"descriptor {number} of {descriptors.Count}");
            if (_taken[number - 1])
                return null;
            _taken[number - 1] = true;
            return descriptors[number - 1];
        }

        internal override void Keep(object shared, SegmentLease lease, SharedSender sender)
        {
            // Counted once by who sent it, however many objects of the message use it.
            if (lease.Segment.Core<object>() is IShared use && _received.Add((lease.Segment, lease.Role)))
                use.Membership.SubtractInFlight(sender, lease.Role);
        }

        internal void Close()
        {
            for (int i = 0; i < _taken.Length; i++)
                if (!_taken[i])
                    descriptors[i].Dispose();
        }
    }
}
