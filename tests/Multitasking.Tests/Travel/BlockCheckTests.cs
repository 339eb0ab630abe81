using System.Runtime.CompilerServices;
using System.Text;
using Multitasking.Invocation;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Bytes of which the framework thinks that nobody can make them: printing such a time reads memory that is not its own.</summary>
public sealed class BlockCheckTests
{
    public static TheoryData<string> Kinds => [.. s_wrong.Keys];

    private static readonly Dictionary<string, (Type Type, byte[] Bytes)> s_wrong = new()
    {
        ["a time after the last"] = (typeof(DateTime), BitConverter.GetBytes(DateTime.MaxValue.Ticks + 1)),
        ["a day after the last"] = (typeof(DateOnly), BitConverter.GetBytes(DateOnly.MaxValue.DayNumber + 1)),
        ["a day before the first"] = (typeof(DateOnly), BitConverter.GetBytes(-1)),
        ["a time of day beyond it"] = (typeof(TimeOnly), BitConverter.GetBytes(TimeSpan.TicksPerDay)),
        ["a scale beyond a decimal's"] = (typeof(decimal), [0, 0, 29, 0, .. new byte[12]]),
        ["a surrogate as a rune"] = (typeof(Rune), BitConverter.GetBytes(0xD800)),
        ["ones for a time and its offset"] = (typeof(DateTimeOffset), [.. Enumerable.Repeat((byte)0xFF, Unsafe.SizeOf<DateTimeOffset>())]),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_that_are_no_value_are_refused_wherever_they_stand(string kind)
    {
        var (type, wrong) = s_wrong[kind];
        Type[] holders = [typeof(Nullable<>).MakeGenericType(type), typeof(ValueTuple<,>).MakeGenericType(typeof(byte), type), typeof(Held<>).MakeGenericType(type), typeof(Two<>).MakeGenericType(type)];

        Assert.Throws<InvalidDataException>(() => BlockCheck.For(type)!.Check(wrong, 0, wrong.Length));
        Assert.All(holders, holder =>
        {
            int size = RuntimeHelpers.SizeOf(holder.TypeHandle);
            // The last field of each is of that type, and ends where the struct does but for what fills it up.
            byte[] bytes = new byte[size];
            BlockCheck.For(holder)!.Check(bytes, 0, size);
            wrong.CopyTo(bytes, size - (size % wrong.Length == 0 ? wrong.Length : RuntimeHelpers.SizeOf(type.TypeHandle)));
            Assert.Throws<InvalidDataException>(() => BlockCheck.For(holder)!.Check(bytes, 0, size));
        });
    }

    [Fact]
    public void Child_that_lies_about_a_time_is_not_believed()
    {
        byte[] time = Codec.Write<object>(DateTime.MaxValue), times = Codec.Write<object>(new[] { default, DateTime.MaxValue });
        time[^1] = times[^1] = 0x3F;

        Assert.Throws<InvalidDataException>(() => Codec.Read<object>(time));
        Assert.Throws<InvalidDataException>(() => Codec.Read<object>(times));
        var pool = new CallCodec();
        pool.Write((1, DateTime.MaxValue));
        byte[] pair = pool.Payload.ToArray();
        pair[^1] = 0x3F;
        Assert.Throws<InvalidDataException>(() => pool.ReadWarily<(int, DateTime)>(pair, new ChildTypes(typeof(Codec))));
    }

    [Fact]
    public void Nothing_is_checked_of_numbers()
    {
        Assert.Null(BlockCheck.For(typeof(int)));
        Assert.Null(BlockCheck.For(typeof((long, Guid, TimeSpan, DayOfWeek?))));
        Assert.False(BlockCheck<double>.IsNeeded);
    }

    private record struct Held<T>(byte First, T Last);

    [InlineArray(2)]
    private struct Two<T>
    {
        private T _first;
    }
}
