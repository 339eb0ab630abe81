using Xunit;

namespace Multitasking.Tests.SharedMemory;

public sealed class SharedValueTests
{
    [Fact]
    public void Value_is_zeros_or_what_it_was_made_with()
    {
        using var zero = new SharedValue<long>();
        using var seven = new SharedValue<int>(7);
        Assert.Equal(0, zero.Value);
        Assert.Equal(7, seven.Value);
        Assert.Equal("7", seven.ToString());
    }

    [Fact]
    public void Value_of_any_size_is_read_as_written()
    {
        Check(true);
        Check((byte)200);
        Check(short.MinValue);
        Check('x');
        Check(-5);
        Check(ulong.MaxValue);
        Check(double.NaN);
        Check(new DateTime(2020, 2, 2, 0, 0, 0, DateTimeKind.Utc));
        Check(((byte)1, (byte)2, (byte)3));
        Check((1, (byte)2));
        Check(new Packed { Number = 1_000_000, Flag = 9 });
        Check((1L, 2L, 3L));
        Check(decimal.MinValue);
        Check(DayOfWeek.Friday);

        static void Check<T>(T value)
            where T : unmanaged
        {
            using var shared = new SharedValue<T>();
            Assert.Equal(default, shared.Value);
            shared.Value = value;
            Assert.Equal(value, shared.Value);
            Assert.Equal(value, shared.GetReference());
            shared.GetReference() = default;
            Assert.Equal(default, shared.Value);
        }
    }

    [Fact]
    public async Task Value_of_8_bytes_is_never_seen_in_parts()
    {
        using var value = new SharedValue<(int One, int Same)>();
        var writer = Task.Run(() =>
        {
            for (int i = 0; i < 300_000; i++)
                value.Value = (i, i);
        }, TestContext.Current.CancellationToken);
        while (!writer.IsCompleted)
        {
            var (one, same) = value.Value;
            Assert.Equal(one, same);
        }
        await writer;
    }

    [Fact]
    public void Disposed_value_is_refused()
    {
        var value = new SharedValue<int>(3);
        value.Dispose();
        value.Dispose();
        Action[] uses = [() => _ = value.Value, () => value.Value = 1, () => value.GetReference() = 1, () => value.Increment(), () => value.Exchange(2)];
        Assert.All(uses, use => Assert.Equal(typeof(SharedValue<int>).FullName, Assert.Throws<ObjectDisposedException>(use).ObjectName));
        Assert.Equal("SharedValue<Int32>", value.ToString());
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        internal int Number;
        internal byte Flag;
    }
}
