using System.Buffers.Binary;
using Multitasking.Interop;
using Multitasking.Transport;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class FrameTests : IDisposable
{
    private readonly SocketPair _pair = SocketPair.Create();
    private readonly List<(FrameKind Kind, byte[] Payload)> _frames = [];
    private readonly FrameSource _source;

    public FrameTests() => _source = new FrameSource(_pair.Near);

    public void Dispose()
    {
        _pair.Near.Dispose();
        _pair.Far.Dispose();
    }

    [Fact]
    public void Frames_arrive_whole_and_in_order_however_they_are_cut()
    {
        byte[] bytes = [.. Frame(1, [1, 2, 3]), .. Frame(2, []), .. Frame(3, new byte[100])];

        foreach (byte one in bytes)
        {
            Send([one]);
            Assert.Equal(Received.All, Receive());
        }

        Assert.Equal([1, 2, 3], _frames.Select(frame => (int)frame.Kind));
        Assert.Equal([3, 0, 100], _frames.Select(frame => frame.Payload.Length));
        Assert.Equal([1, 2, 3], _frames[0].Payload);
    }

    [Fact]
    public void No_more_frames_are_handed_on_than_were_asked_for()
    {
        Send([.. Frame(1, [1]), .. Frame(2, [2]), .. Frame(3, [3])]);

        Assert.Equal(Received.Some, Receive(limit: 2));
        Assert.Equal(2, _frames.Count);
        Assert.Equal(Received.All, Receive(limit: 2));
        Assert.Equal(3, _frames.Count);
    }

    [Fact]
    public void The_end_of_the_other_side_is_told_and_half_a_frame_is_none()
    {
        Send(Frame(1, [1, 2, 3])[..6]);
        _pair.Far.Dispose();

        Assert.Equal(Received.End, Receive());
        Assert.Empty(_frames);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_length_that_no_frame_has_is_refused(int length)
    {
        Send(Header(length));

        Assert.Throws<InvalidDataException>(() => Receive());
    }

    [Fact]
    public void A_length_that_is_claimed_and_not_sent_takes_no_memory()
    {
        Send([.. Header(Array.MaxLength), 1, 2, 3]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Received.All, Receive());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_sink_keeps_what_the_socket_does_not_take_and_never_waits()
    {
        var sink = new FrameSink(_pair.Far);
        byte[] large = new byte[8 << 20];
        new Random(1).NextBytes(large);

        Assert.False(sink.Send(Frame(1, large)));
        Assert.False(sink.Send(Frame(2, [1])));
        while (sink.HasWaiting || _frames.Count < 2)
        {
            Assert.Equal(Received.All, Receive());
            sink.Flush();
        }

        Assert.True(large.AsSpan().SequenceEqual(_frames[0].Payload));
        Assert.Equal([1], _frames[1].Payload);
    }

    [Fact]
    public void A_sink_whose_other_side_is_gone_drops_what_it_is_given_and_tells_once()
    {
        var sink = new FrameSink(_pair.Far);
        _pair.Near.Dispose();

        Assert.False(sink.Send(Frame(1, [1])));
        Assert.False(sink.HasWaiting);
        Assert.True(sink.TakeRefusal());
        Assert.True(sink.Send(Frame(1, [1])));
        Assert.False(sink.TakeRefusal());
    }

    private static byte[] Frame(int kind, byte[] payload)
    {
        var bytes = new ByteWriter();
        bytes.WriteBlock(payload);
        return bytes.ToFrame((FrameKind)kind).ToArray();
    }

    private static byte[] Header(int length)
    {
        byte[] header = new byte[ByteWriter.HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        return header;
    }

    private Received Receive(int limit = 100) => _source.Receive((kind, payload) =>
    {
        _frames.Add((kind, payload.ToArray()));
        return --limit > 0;
    });

    private unsafe void Send(byte[] bytes)
    {
        fixed (byte* start = bytes)
            Assert.Equal(bytes.Length, LibC.Send(_pair.Far.Number, start, (nuint)bytes.Length, Constants.MSG_NOSIGNAL));
    }
}
