using CsCheck;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;
using Xunit;

namespace Multitasking.Tests.Travel;

public sealed class HostileBytesTests
{
    private static readonly byte[][] s_messages =
    [
        Codec.Write<object>(Values.All.Values.Where(value => value is not Type[]).ToArray()),
        .. Values.All.Values.Select(Codec.Write),
        Codec.Write<object>(Node.Chain(20)),
        Codec.Write<object>(new Shadowing("base", "own") { Required = 1 }),
        Codec.Write<object>(new Dictionary<ListKey, ByLength> { [new ListKey(1, 2)] = new ByLength() }),
        Codec.Write<object>(new AggregateException("all", new InvalidOperationException("one"), new FileNotFoundException("two", "file"))),
        Codec.Write<object>((Func<int>)new Node().Length),
    ];

    public static TheoryData<string> Forgeries => [.. Forgery.All.Keys];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forged_message_is_refused_and_takes_no_memory(string kind)
    {
        byte[] bytes = Forgery.All[kind];

        long allocated = Damage.AllocatedBy(() => Assert.Throws<InvalidDataException>(() => Codec.Read<object>(bytes)));

        Assert.InRange(allocated, 0, Damage.MostAllocated(bytes.Length));
    }

    [Fact]
    public void A_message_that_was_cut_off_is_refused_wherever_that_was()
    {
        byte[] whole = Codec.Write<object>(new Dictionary<string, Address?[]> { ["a"] = [new("street", 1), null], ["b"] = [] });

        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => Codec.Read<object>(whole.AsMemory(0, length)));
    }

    [Fact]
    public void A_message_of_random_bytes_is_refused_or_read_but_does_no_harm() =>
        Gen.Byte.Array[0, 200].Sample(ReadsOrRefuses, iter: 20_000, threads: 1);

    [Fact]
    public void A_message_with_changed_bytes_is_refused_or_read_but_does_no_harm() =>
        Gen.Select(Gen.Int[0, s_messages.Length - 1], Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 6])
            .Select(change => Damage.Change(s_messages[change.Item1], change.Item2))
            .Sample(ReadsOrRefuses, iter: 20_000, threads: 1);

    [Fact]
    public void A_message_with_parts_of_another_is_refused_or_read_but_does_no_harm() =>
        Gen.Select(Gen.Int[0, s_messages.Length - 1], Gen.Int[0, s_messages.Length - 1], Gen.Double[0, 1], Gen.Double[0, 1])
            .Select(splice => Damage.Splice(s_messages[splice.Item1], s_messages[splice.Item2], splice.Item3, splice.Item4))
            .Sample(ReadsOrRefuses, iter: 5_000, threads: 1);

    [Fact]
    public void A_failure_with_changed_bytes_is_refused_or_read_but_does_no_harm()
    {
        byte[] failure = FailureCodec.ToFrame(new AggregateException("all", new FileNotFoundException("two", "file")), Trust.None).ToArray();

        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                byte[] changed = Damage.Change(failure[ByteWriter.HeaderSize..], changes);
                var error = Record.Exception(() => FailureCodec.Read(changed, new ChildTypes(typeof(Codec)), "name", 1));
                Assert.True(error is null or InvalidDataException, error?.ToString());
            },
            iter: 5_000,
            threads: 1);
    }

    private static void ReadsOrRefuses(byte[] bytes)
    {
        long allocated = Damage.AllocatedBy(() =>
        {
            try
            {
                _ = Codec.Read<object>(bytes);
            }
            catch (InvalidDataException)
            {
                // The one exception that the reader documents; any other fails the test.
            }
        });
        Assert.InRange(allocated, 0, Damage.MostAllocated(bytes.Length));
    }
}
