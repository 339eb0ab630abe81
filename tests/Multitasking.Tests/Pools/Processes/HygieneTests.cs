using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>Pools leave no zombie, descriptor or thread behind, also while they live, and hand none to their workers.</summary>
[Collection(nameof(Alone))]
public sealed class HygieneTests : PoolTest
{
    [Fact]
    public async Task Replaced_workers_leave_neither_zombies_nor_descriptors_while_their_pool_lives()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, MaxTasksPerWorker = 1 });
        await RunManyAsync(pool, 6);
        int before = Descriptors();
        await RunManyAsync(pool, Rounds.Of(40, least: 15));
        await Until.TrueAsync(() => NoChildLeft.Ids().Length <= 3);
        await Until.TrueAsync(() => Descriptors() <= before + 5, what: $"{Descriptors()} descriptors, {before} before");
    }

    [Fact]
    public async Task Pools_leave_no_thread()
    {
        await UseAPoolAsync();
        int before = Threads();
        for (int i = 0; i < Rounds.Of(25, least: 6); i++)
            await Task.WhenAll(UseAPoolAsync(), UseAPoolAsync());
        await Until.TrueAsync(() => Threads() <= before + 4, what: $"{Threads()} threads, {before} before");
    }

    [Fact]
    public async Task Worker_has_its_own_descriptors_only_however_many_start_at_once()
    {
        await using var alone = new ProcessPool(workers: 1);
        string[] own = Kinds(await Soon(alone.RunAsync(OpenFiles, Cancelled)));
        var pools = Enumerable.Range(0, 6).Select(static _ => new ProcessPool(workers: 2)).ToArray();
        string[][] all = await Soon(Task.WhenAll(pools.Select(pool => Task.Run(() => pool.RunAsync(OpenFiles, Cancelled), Cancelled))));
        Assert.All(all, files => Assert.Equal(own, Kinds(files)));
        foreach (var pool in pools)
            await pool.DisposeAsync();
    }

    [Fact]
    public async Task Idle_pool_takes_no_processor_time()
    {
        await using var pool = new ProcessPool(new PoolOptions { Name = "id", Workers = 2 });
        await WorksAsync(pool);
        // The start of the spare, and code that is compiled again, take their time on a busy machine; a pool that spins never rests.
        var spent = TimeSpan.MaxValue;
        for (int second = 0; second < 20 && spent.TotalMilliseconds > 60; second++)
        {
            var before = await TimesAsync(pool);
            await Task.Delay(1000, Cancelled);
            spent = await TimesAsync(pool) - before;
        }
        Assert.InRange(spent.TotalMilliseconds, 0, 60);
    }

    [Fact]
    public async Task Out_of_memory_fails_its_task_and_the_pool_goes_on()
    {
        await using var parent = OtherParent.StartWith("DOTNET_GCHeapHardLimit", "0x4000000", "pool-out-of-memory");
        Assert.Equal(0, await parent.ExitAsync());
        var lines = await parent.OutputAsync();
        Assert.Equal("let go: System.OutOfMemoryException", lines[0]);
        Assert.Equal("after: answered", lines[1]);
        Assert.Matches("^kept: (System.OutOfMemoryException|WorkerLostException)$", lines[2]);
        Assert.EndsWith("answered", lines[3], StringComparison.Ordinal);
    }

    private static async Task RunManyAsync(ProcessPool pool, int count) =>
        await Soon(Task.WhenAll(Enumerable.Range(0, count).Select(_ => pool.RunAsync(static () => { }, Cancelled))));

    private static async Task UseAPoolAsync()
    {
        await using var pool = new ProcessPool(workers: 1);
        await Soon(pool.RunAsync(static () => { }, Cancelled));
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Length;

    private static string[] OpenFiles() =>
        [.. new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(static link => link.LinkTarget).OfType<string>()];

    /// <summary>Without numbers, and without the files that the runtime opens as it needs them.</summary>
    private static string[] Kinds(string[] files) =>
        [.. files.Where(static file => Path.GetExtension(file) is not (".dll" or ".pdb" or ".so") && !file.StartsWith("/proc/", StringComparison.Ordinal) && !file.StartsWith("/sys/devices/system/cpu/", StringComparison.Ordinal)).Select(static file => file.Split('[')[0]).Order(StringComparer.Ordinal)];

    private static async Task<TimeSpan> TimesAsync(ProcessPool pool)
    {
        var sum = TimeOfPump(pool.Name);
        foreach (int id in pool.WorkerIds)
            using (var process = System.Diagnostics.Process.GetProcessById(id))
                sum += process.TotalProcessorTime;
        await Task.CompletedTask;
        return sum;
    }
}
