using System.Runtime.InteropServices;
using CsCheck;
using Multitasking.Messaging;
using Multitasking.SharedMemory;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>The ring beside a queue, step by step: of random sizes, with random messages, with either side lost between any two steps, from random places on.</summary>
public sealed class RingModelTests
{
    private enum Step
    {
        Write,
        WriteAndRead,
        WriteHalf,
        PlaceOnly,
        Read,
        Peek,
        ReadAll,
    }

    private static readonly Gen<(int Bits, int WarmShare, int Capacity, long Messages, long Place, (Step Step, int Length)[] Steps)> s_runs = Gen.Select(
        Gen.Int[6, 14], Gen.Int[0, 4], Gen.Int[1, 40],
        Gen.OneOf(Gen.Long[0, 3], Gen.Long[(1L << 33) - 40, (1L << 33) - 1]),
        Gen.Long[0, 1 << 12],
        Gen.Select(Gen.Int[0, 6].Select(static step => (Step)step), Gen.OneOf(Gen.Int[0, 40], Gen.Int[0, 9000])).Array[0, 400]);

    [Fact]
    public void Any_interleaving_keeps_messages_whole_and_in_order() => s_runs.Sample(static run =>
    {
        using var memory = new PlainMemory(1L << run.Bits);
        Play(memory, run.WarmShare * memory.Bytes / 4, run.Capacity, run.Messages, run.Place, run.Steps);
    }, iter: 3000);

    [Fact]
    public void Counters_wrap_without_a_seam()
    {
        using var memory = new PlainMemory(256);
        var ring = memory.Ring(128, 8);
        ring.BeginAt((1L << 33) - 3, 63);
        for (int i = 0; i < 1000; i++)
        {
            PlainMemory.Write(ring, [(byte)i, 2, 3]);
            Assert.Equal(1, ring.Count);
            Assert.Equal([(byte)i, 2, 3], PlainMemory.Read(ring));
            Assert.Equal(0, ring.Count);
        }
    }

    [Fact]
    public void Longest_message_finds_room_wherever_the_ring_stands()
    {
        for (int place = 0; place < 64; place++)
        {
            using var memory = new PlainMemory(256);
            var ring = memory.Ring(64, 8);
            ring.BeginAt(0, place);
            byte[] message = [.. Enumerable.Range(0, (int)ring.LongestMessage).Select(static i => (byte)i)];
            PlainMemory.Write(ring, message);
            Assert.Equal(message, PlainMemory.Read(ring));
        }
    }

    [Fact]
    public void Ring_stays_in_its_warm_part_while_its_reader_keeps_up()
    {
        using var memory = new PlainMemory(1 << 12);
        var ring = memory.Ring(1 << 9, 100);
        for (int i = 0; i < 2000; i++)
        {
            Assert.True(ring.TryPlace(i % 20, isLast: false, out var slot));
            Assert.True(ChannelRing.EndOf(slot, i % 20) <= 1 << 9);
            PlainMemory.Write(ring, new byte[i % 20]);
            PlainMemory.Read(ring);
        }
    }

    private static void Play(PlainMemory memory, long warm, int capacity, long messages, long place, (Step Step, int Length)[] steps)
    {
        var ring = memory.Ring(warm, capacity);
        var model = new Queue<byte[]>();
        ring.BeginAt(messages, place & ((memory.Bytes / 4) - 1));
        int number = 0;
        foreach (var (step, wanted) in steps)
        {
            int length = (int)Math.Min(wanted, ring.LongestMessage);
            switch (step)
            {
                case Step.Write or Step.WriteAndRead or Step.WriteHalf or Step.PlaceOnly:
                    byte[] bytes = new byte[length];
                    Array.Fill(bytes, (byte)++number);
                    Place(memory, ring, model, capacity, step, bytes);
                    if (step == Step.WriteAndRead)
                        Take(ring, model);
                    break;
                case Step.Peek:
                    // A reader that dies before it has taken what it has read.
                    Assert.Equal(model.Count > 0, ring.TryPeek(out var seen));
                    if (model.Count > 0)
                        Assert.True(seen.Contents.SequenceEqual(model.Peek()));
                    break;
                case Step.Read:
                    Take(ring, model);
                    break;
                default:
                    while (model.Count > 0)
                        Take(ring, model);
                    break;
            }
            Assert.Equal(model.Count, ring.Count);
        }
        byte[] failure = [7, 7, 7];
        bool hasRoom = ring.TryPlace(failure.Length, isLast: true, out var end);
        if (hasRoom)
            PlainMemory.Fill(ring, end, failure, MessageKind.Failure);
        ring.Complete(hasRoom ? end : null);
        while (model.Count > 0)
            Take(ring, model);
        Assert.False(ring.TryPeek(out _));
        Assert.Equal(hasRoom, ring.TryPeekFailure(out var told));
        Assert.True(!hasRoom || told.Contents.SequenceEqual(failure));
        Assert.True(ring.Tail.IsCompleted);
        memory.AssertNothingWrittenBeyond();
    }

    private static void Place(PlainMemory memory, ChannelRing ring, Queue<byte[]> model, int capacity, Step step, byte[] bytes)
    {
        bool hasRoom = ring.TryPlace(bytes.Length, isLast: false, out var slot);
        Assert.True(hasRoom || model.Count > 0, "An empty ring has room.");
        Assert.True(model.Count < capacity || !hasRoom, "A full ring has none.");
        if (!hasRoom && ring.CanStraighten(bytes.Length, out _))
        {
            if (step == Step.WriteHalf)
                ring.BeginMove();
            else
                ring.Straighten();
            if (step == Step.WriteHalf)
                ring.FinishMove();
            hasRoom = ring.TryPlace(bytes.Length, isLast: false, out slot);
            Assert.True(hasRoom);
        }
        // Twice the units of what lies there and of this one are always enough.
        long units = model.Sum(static message => Units(message)) + Units(bytes);
        Assert.True(hasRoom || model.Count == capacity || 2 * units * 8 > memory.Bytes);
        if (!hasRoom || step == Step.PlaceOnly)
            return;
        PlainMemory.Fill(ring, slot, step == Step.WriteHalf ? bytes[..(bytes.Length / 2)] : bytes, MessageKind.Value);
        if (step == Step.WriteHalf)
            return;
        ring.Publish(slot);
        model.Enqueue(bytes);
    }

    private static void Take(ChannelRing ring, Queue<byte[]> model)
    {
        if (model.Count == 0)
            Assert.False(ring.TryPeek(out _));
        else
            Assert.True(PlainMemory.Read(ring).AsSpan().SequenceEqual(model.Dequeue()));
    }

    private static long Units(byte[] message) => (ChannelRing.HeaderSize + message.Length + 7) / 8;

    /// <summary>Memory that nobody shares, with a margin that must stay as it is.</summary>
    private sealed unsafe class PlainMemory(long bytes) : IDisposable
    {
        private const int Margin = 256;

        private readonly byte* _start = Make(bytes);

        internal long Bytes => bytes;

        private Span<byte> Beyond => new(_start + SegmentLayout.Size + bytes, Margin);

        internal ChannelRing Ring(long warm, int capacity) => new(_start, bytes, warm, capacity);

        internal static void Fill(ChannelRing ring, ChannelRing.Slot slot, byte[] contents, MessageKind kind) =>
            contents.CopyTo(new Span<byte>(ring.Begin(slot, contents.Length, kind, 0), contents.Length));

        internal static void Write(ChannelRing ring, byte[] contents)
        {
            Assert.True(ring.TryPlace(contents.Length, isLast: false, out var slot));
            Fill(ring, slot, contents, MessageKind.Value);
            ring.Publish(slot);
        }

        internal static byte[] Read(ChannelRing ring)
        {
            Assert.True(ring.TryPeek(out var message));
            byte[] contents = message.Contents.ToArray();
            ring.Take(message);
            return contents;
        }

        internal void AssertNothingWrittenBeyond() => Assert.False(Beyond.ContainsAnyExcept((byte)0xA5));

        public void Dispose() => NativeMemory.Free(_start);

        private static byte* Make(long bytes)
        {
            nuint size = (nuint)(SegmentLayout.Size + bytes);
            byte* start = (byte*)NativeMemory.AllocZeroed(size + Margin);
            new Span<byte>(start + size, Margin).Fill(0xA5);
            return start;
        }
    }
}
