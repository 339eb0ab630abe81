using Multitasking.Synchronization;

namespace Multitasking.TestWorker.Faulty;

/// <summary>Pools that do what they are made for.</summary>
internal static class PoolUse
{
    internal static async Task RunAsync(Steps steps)
    {
        ProcessPool? made = null;
        await steps.TryAsync("make", () => made = new ProcessPool(workers: 2));
        if (made is not { } pool)
            return;
        await steps.TryAsync("run", async () => Steps.Require(await pool.RunAsync(static x => x + 1, 1) == 2, "a wrong answer"));
        await steps.TryAsync("map", async () =>
        {
            int[] squares = await pool.MapAsync(Enumerable.Range(0, 50), static x => x * x);
            Steps.Require(squares.SequenceEqual(Enumerable.Range(0, 50).Select(static x => x * x)), "wrong answers");
        });
        await steps.TryAsync("text", async () => Steps.Require(await pool.RunAsync(static text => text + "!", "hear") == "hear!", "a wrong answer"));
        await steps.TryAsync("large", async () => Steps.Require((await pool.RunAsync(static bytes => bytes, new byte[900_000])).Length == 900_000, "a wrong answer"));
        await steps.TryAsync("failure", () => Steps.EndsWithAsync<RemoteException>(pool.RunAsync(static () => throw new NotSupportedException("as it should be"))));
        await steps.TryAsync("lock in a task", async () =>
        {
            using var semaphore = new ProcessSemaphore(0);
            await pool.RunAsync(static lent => lent.Release(), semaphore);
            Steps.Require(semaphore.TryWait(TimeSpan.FromSeconds(20)), "a permit is missing");
        });
        await steps.TryAsync("dispose", () => pool.DisposeAsync().AsTask());
    }
}
