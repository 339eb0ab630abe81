using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>What captured data costs that no lambda of the call reads. Alone, because all that the process allocates is counted.</summary>
[Collection(nameof(Alone))]
public sealed class UnusedDataTests : WorkerTest
{
    [Fact]
    public async Task An_unused_array_costs_a_child_and_a_pool_nothing()
    {
        byte[] unused = new byte[200 << 20];
        int used = 1;
        var other = () => unused;
        Func<int> target = () => used;
        await using var pool = new ProcessPool(workers: 1);

        long before = GC.GetTotalAllocatedBytes();
        int[] single = [await InChild.RunAsync(target), await pool.RunAsync(target, Cancelled), await pool.RunAsync(Apply, target, 1, Cancelled)];
        int[] ofMap = await pool.MapAsync([1, 2], item => item * used, Cancelled);

        Assert.Equal([1, 1, 2, 1, 2], [.. single, .. ofMap]);
        Assert.True(GC.GetTotalAllocatedBytes() - before < unused.Length / 4);
        Assert.Same(unused, other());
    }

    private static int Apply(Func<int> function, int number) => function() + number;
}
