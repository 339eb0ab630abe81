using Xunit;

namespace Multitasking.Tests.SharedMemory;

public sealed class AtomicTests
{
    [Fact]
    public void Int_is_changed_as_by_Interlocked()
    {
        using var array = new SharedArray<int>(3);
        using var value = new SharedValue<int>();
        Assert.Equal((int)3, Both(array.Add(1, 3), value.Add(3)));
        Assert.Equal((int)4, Both(array.Increment(1), value.Increment()));
        Assert.Equal((int)3, Both(array.Decrement(1), value.Decrement()));
        Assert.Equal((int)3, Both(array.And(1, 2), value.And(2)));
        Assert.Equal((int)2, Both(array.Or(1, 4), value.Or(4)));
        Assert.Equal((int)6, Both(array.Exchange(1, 5), value.Exchange(5)));
        Assert.Equal((int)5, Both(array.CompareExchange(1, 9, 4), value.CompareExchange(9, 4)));
        Assert.Equal((int)5, Both(array.CompareExchange(1, int.MaxValue, 5), value.CompareExchange(int.MaxValue, 5)));
        Assert.Equal(int.MinValue, Both(array.Increment(1), value.Increment()));
        Assert.Equal(int.MaxValue, Both(array.Decrement(1), value.Decrement()));
        Assert.Equal([0, int.MaxValue, 0], array.Span.ToArray());
    }

    [Fact]
    public void Uint_is_changed_as_by_Interlocked()
    {
        using var array = new SharedArray<uint>(3);
        using var value = new SharedValue<uint>();
        Assert.Equal((uint)3, Both(array.Add(1, 3), value.Add(3)));
        Assert.Equal((uint)4, Both(array.Increment(1), value.Increment()));
        Assert.Equal((uint)3, Both(array.Decrement(1), value.Decrement()));
        Assert.Equal((uint)3, Both(array.And(1, 2), value.And(2)));
        Assert.Equal((uint)2, Both(array.Or(1, 4), value.Or(4)));
        Assert.Equal((uint)6, Both(array.Exchange(1, 5), value.Exchange(5)));
        Assert.Equal((uint)5, Both(array.CompareExchange(1, 9, 4), value.CompareExchange(9, 4)));
        Assert.Equal((uint)5, Both(array.CompareExchange(1, uint.MaxValue, 5), value.CompareExchange(uint.MaxValue, 5)));
        Assert.Equal(uint.MinValue, Both(array.Increment(1), value.Increment()));
        Assert.Equal(uint.MaxValue, Both(array.Decrement(1), value.Decrement()));
        Assert.Equal([0, uint.MaxValue, 0], array.Span.ToArray());
    }

    [Fact]
    public void Long_is_changed_as_by_Interlocked()
    {
        using var array = new SharedArray<long>(3);
        using var value = new SharedValue<long>();
        Assert.Equal((long)3, Both(array.Add(1, 3), value.Add(3)));
        Assert.Equal((long)4, Both(array.Increment(1), value.Increment()));
        Assert.Equal((long)3, Both(array.Decrement(1), value.Decrement()));
        Assert.Equal((long)3, Both(array.And(1, 2), value.And(2)));
        Assert.Equal((long)2, Both(array.Or(1, 4), value.Or(4)));
        Assert.Equal((long)6, Both(array.Exchange(1, 5), value.Exchange(5)));
        Assert.Equal((long)5, Both(array.CompareExchange(1, 9, 4), value.CompareExchange(9, 4)));
        Assert.Equal((long)5, Both(array.CompareExchange(1, long.MaxValue, 5), value.CompareExchange(long.MaxValue, 5)));
        Assert.Equal(long.MinValue, Both(array.Increment(1), value.Increment()));
        Assert.Equal(long.MaxValue, Both(array.Decrement(1), value.Decrement()));
        Assert.Equal([0, long.MaxValue, 0], array.Span.ToArray());
    }

    [Fact]
    public void Ulong_is_changed_as_by_Interlocked()
    {
        using var array = new SharedArray<ulong>(3);
        using var value = new SharedValue<ulong>();
        Assert.Equal((ulong)3, Both(array.Add(1, 3), value.Add(3)));
        Assert.Equal((ulong)4, Both(array.Increment(1), value.Increment()));
        Assert.Equal((ulong)3, Both(array.Decrement(1), value.Decrement()));
        Assert.Equal((ulong)3, Both(array.And(1, 2), value.And(2)));
        Assert.Equal((ulong)2, Both(array.Or(1, 4), value.Or(4)));
        Assert.Equal((ulong)6, Both(array.Exchange(1, 5), value.Exchange(5)));
        Assert.Equal((ulong)5, Both(array.CompareExchange(1, 9, 4), value.CompareExchange(9, 4)));
        Assert.Equal((ulong)5, Both(array.CompareExchange(1, ulong.MaxValue, 5), value.CompareExchange(ulong.MaxValue, 5)));
        Assert.Equal(ulong.MinValue, Both(array.Increment(1), value.Increment()));
        Assert.Equal(ulong.MaxValue, Both(array.Decrement(1), value.Decrement()));
        Assert.Equal([0, ulong.MaxValue, 0], array.Span.ToArray());
    }

    [Fact]
    public void Nothing_is_lost_when_threads_count_together()
    {
        const int Threads = 4, Each = 50_000;
        using var numbers = new SharedArray<int>(2);
        using var sum = new SharedValue<long>();
        Parallel.For(0, Threads, _ =>
        {
            for (int i = 0; i < Each; i++)
            {
                numbers.Add(1, 2);
                Interlocked.Increment(ref numbers.GetReference(0));
                sum.Add(i);
            }
        });
        Assert.Equal((Threads * Each, Threads * Each * 2), (numbers[0], numbers[1]));
        Assert.Equal(Threads * (Each * (Each - 1L) / 2), sum.Value);
    }

    private static T Both<T>(T one, T same)
    {
        Assert.Equal(one, same);
        return one;
    }
}
