using System.Text;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

[Collection(nameof(Alone))]
public sealed class ProcessPoolContractTests : PoolContract
{
    protected override bool RunsElsewhere => true;

    protected override bool CanRunSeveral => true;

    protected override bool CanEndTasks => true;

    // Each costs a process.
    protected override int EndRaces => Rounds.Of(20, least: 10);

    protected override WorkerPool Create(PoolOptions options) => new ProcessPool(options);

    /// <summary>A worker's memory has the name of the worker, as long as anybody maps it.</summary>
    protected override bool HasWorkers(string pool)
    {
        foreach (int id in NoChildLeft.Ids())
            try
            {
                if (File.ReadAllText($"/proc/{id}/maps", Encoding.UTF8).Contains($"memfd:{pool}-", StringComparison.Ordinal))
                    return true;
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        return false;
    }
}
