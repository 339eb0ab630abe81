using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>One thread disposes of what others use.</summary>
[Collection(nameof(Alone))]
public sealed class ArrayRaceTests
{
    [Fact]
    public async Task Operation_during_a_dispose_is_done_or_refused()
    {
        var before = HeldMemory.Settled();
        for (int round = 0; round < 200; round++)
        {
            var array = new SharedArray<int>(100_000);
            var value = new SharedValue<long>();
            using var view = array.AsReadOnly();
            var users = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                while (true)
                {
                    array[99_999] = view[99_999] + 1;
                    array.Increment(50_000);
                    array.CopyFrom(10_000, [1, 2, 3]);
                    value.Value = value.Add(1);
                    using var pin = array.AsMemory(5, 5).Pin();
                }
            })).ToArray();
            Thread.SpinWait(round * 100);
            array.Dispose();
            value.Dispose();
            foreach (var user in users)
                await Assert.ThrowsAsync<ObjectDisposedException>(() => user);
        }
        Assert.Equal(before, HeldMemory.Settled());
    }

    [Fact]
    public void Views_are_made_and_disposed_of_by_many_threads()
    {
        var before = HeldMemory.Settled();
        using (var array = new SharedArray<int>(100))
        {
            array[99] = 5;
            Parallel.For(0, 4, _ =>
            {
                for (int i = 0; i < 1000; i++)
                {
                    using var view = array.AsReadOnly();
                    Assert.Equal(5, view[99]);
                }
            });
            Assert.Equal((before.Mappings + 1, before.Descriptors + 1), HeldMemory.Settled());
        }
        Assert.Equal(before, HeldMemory.Settled());
    }
}
