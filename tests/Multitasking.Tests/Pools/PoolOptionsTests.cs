using Xunit;

namespace Multitasking.Tests.Pools;

public sealed class PoolOptionsTests
{
    public static TheoryData<string, Func<PoolOptions>> Bad => new()
    {
        { nameof(PoolOptions.Workers), static () => new PoolOptions { Workers = 0 } },
        { nameof(PoolOptions.Workers), static () => new PoolOptions { Workers = -1 } },
        { nameof(PoolOptions.MaxTasksPerWorker), static () => new PoolOptions { MaxTasksPerWorker = 0 } },
        { nameof(PoolOptions.TaskTimeout), static () => new PoolOptions { TaskTimeout = TimeSpan.Zero } },
        { nameof(PoolOptions.TaskTimeout), static () => new PoolOptions { TaskTimeout = TimeSpan.FromSeconds(-1) } },
        { nameof(PoolOptions.TaskTimeout), static () => new PoolOptions { TaskTimeout = TimeSpan.FromDays(30) } },
        { nameof(PoolOptions.IdleTimeout), static () => new PoolOptions { IdleTimeout = TimeSpan.Zero } },
        { nameof(PoolOptions.IdleTimeout), static () => new PoolOptions { IdleTimeout = TimeSpan.FromDays(30) } },
        { nameof(PoolOptions.MaxWorkerMemory), static () => new PoolOptions { MaxWorkerMemory = 0 } },
        { nameof(PoolOptions.ChunkSize), static () => new PoolOptions { ChunkSize = 0 } },
        { nameof(PoolOptions.Retries), static () => new PoolOptions { Retries = -1 } },
        { nameof(PoolOptions.TerminationGrace), static () => new PoolOptions { TerminationGrace = TimeSpan.FromMilliseconds(-1) } },
        { nameof(PoolOptions.TerminationGrace), static () => new PoolOptions { TerminationGrace = TimeSpan.FromDays(30) } },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Value_out_of_range_is_refused_where_it_is_set(string name, Func<PoolOptions> make) => Assert.Throws<ArgumentOutOfRangeException>(name, make);

    [Fact]
    public void Infinite_limit_is_none() =>
        Assert.Equal(new PoolOptions(), new PoolOptions { TaskTimeout = Timeout.InfiniteTimeSpan, IdleTimeout = Timeout.InfiniteTimeSpan });

    [Fact]
    public void Number_of_workers_is_that_of_processors_unless_it_is_set() => Assert.Equal(Environment.ProcessorCount, new PoolOptions().Workers);

    [Fact]
    public void Null_options_are_refused() => Assert.Throws<ArgumentNullException>("options", static () => new DedicatedThreadPool((PoolOptions)null!));

    [Fact]
    public void Pool_without_workers_is_refused() => Assert.Throws<ArgumentOutOfRangeException>("Workers", static () => new DedicatedThreadPool(0));
}
