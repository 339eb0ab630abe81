namespace Multitasking.TestWorker.Faulty;

/// <summary>Pools that lose workers, end tasks, are aborted.</summary>
internal static class PoolEndUse
{
    internal static async Task RunAsync(Steps steps)
    {
        var options = new PoolOptions
        {
            Workers = 1,
            MaxTasksPerWorker = 3,
            TaskTimeout = TimeSpan.FromSeconds(1),
            TerminationGrace = TimeSpan.FromMilliseconds(100),
            Initializer = static () => { },
        };
        ProcessPool? made = null;
        await steps.TryAsync("make", () => made = new ProcessPool(options));
        if (made is not { } pool)
            return;
        await steps.TryAsync("lost worker", () => Steps.EndsWithAsync<WorkerLostException>(pool.RunAsync(static () => Native.ExitAtOnce(3))));
        await steps.TryAsync("after it", async () => Steps.Require(await pool.RunAsync(static x => x, 5) == 5, "a wrong answer"));
        await steps.TryAsync("time limit", () => Steps.EndsWithAsync<TaskTimeoutException>(pool.RunAsync(static () => Thread.Sleep(Timeout.Infinite))));
        await steps.TryAsync("cancellation", async () =>
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Steps.EndsWithAsync<OperationCanceledException>(pool.RunAsync(static () => Thread.Sleep(Timeout.Infinite), source.Token));
        });
        await steps.TryAsync("recycling", async () =>
        {
            for (int i = 0; i < 4; i++)
                Steps.Require(await pool.RunAsync(static x => x, i) == i, "a wrong answer");
        });
        await steps.TryAsync("abort", async () =>
        {
            var last = pool.RunAsync(static () => Thread.Sleep(Timeout.Infinite));
            pool.Abort();
            await Steps.EndsWithAsync<OperationCanceledException>(last);
        });
        await steps.TryAsync("dispose", () => pool.DisposeAsync().AsTask());
    }
}
