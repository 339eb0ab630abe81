using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>What a message may cost in time.</summary>
public sealed class ReadingTimeTests
{
    // Of these, each kind of collection would take half a minute and more.
    private const int Keys = 100_000;

    public static TheoryData<string> Kinds => [.. s_messages.Keys];

    private static readonly Dictionary<string, Func<int, byte[]>> s_messages = new()
    {
        ["dictionary"] = static count => Forgery.Colliding<Dictionary<long, byte>>(count, 1, true),
        ["set"] = static count => Forgery.Colliding<HashSet<long>>(count, 1, false),
        ["concurrent dictionary"] = static count => Forgery.Colliding<ConcurrentDictionary<long, byte>>(count, 1, true),
        ["immutable dictionary"] = static count => Forgery.Colliding<ImmutableDictionary<long, byte>>(count, 2, true),
        ["immutable set"] = static count => Forgery.Colliding<ImmutableHashSet<long>>(count, 1, false),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Keys_that_collide_are_given_up_in_time(string kind)
    {
        byte[] message = s_messages[kind](Keys);
        long before = ThreadTime.Nanoseconds;

        var error = Assert.Throws<InvalidDataException>(() => Codec.Read<object>(message));

        Assert.Contains("processor time", error.Message, StringComparison.Ordinal);
        // A second, 4 us a key, 0.1 us a byte, and what happens between two looks.
        Assert.InRange((ThreadTime.Nanoseconds - before) / 1e9, 0, 2 * (1 + (Keys * 4e-6) + (message.Length * 1e-7)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Some_keys_that_collide_are_read_all_the_same(string kind) => Assert.NotNull(Codec.Read<object>(s_messages[kind](1000)));

    [Fact]
    public void Reading_ends_when_the_time_limit_of_its_call_passes()
    {
        byte[] message = s_messages["dictionary"](Keys);
        long limit = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);

        var error = Assert.Throws<InvalidDataException>(() => Codec.Read<object>(message, new ChildTypes(new ChildBudget(), Trust.None, limit)));

        Assert.Contains("time limit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Collections_in_order_take_no_longer_than_their_items()
    {
        var sorted = new SortedList<int, byte>(Enumerable.Range(0, 300_000).ToDictionary(static i => i, static _ => (byte)1));

        Assert.Equal(sorted.Count, Codec.Read<SortedList<int, byte>>(Codec.Write(sorted)).Count);
    }

    [Fact]
    public void A_sorted_list_whose_keys_come_backwards_is_given_up_in_time()
    {
        const int Count = 300_000;
        byte[] message = Forgery.Backwards(Count);
        long before = ThreadTime.Nanoseconds;

        _ = Record.Exception(() => Codec.Read<object>(message));

        Assert.InRange((ThreadTime.Nanoseconds - before) / 1e9, 0, 2 * (1 + (Count * 4e-6) + (message.Length * 1e-7)) + 2);
    }
}
