using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools;

[Collection(nameof(Alone))]
public sealed class ThreadPoolContractTests : PoolContract
{
    protected override bool RunsElsewhere => true;

    protected override bool CanRunSeveral => true;

    protected override bool CanEndTasks => true;

    protected override WorkerPool Create(PoolOptions options) => new DedicatedThreadPool(options);

    protected override bool HasWorkers(string pool) => ThreadNames.StartingWith(pool);
}
