using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools;

[Collection(nameof(Alone))]
public sealed class InlinePoolContractTests : PoolContract
{
    protected override bool RunsElsewhere => false;

    protected override bool CanRunSeveral => false;

    protected override bool CanEndTasks => false;

    protected override WorkerPool Create(PoolOptions options) => new InlinePool(options);

    protected override bool HasWorkers(string pool) => ThreadNames.StartingWith(pool);
}
