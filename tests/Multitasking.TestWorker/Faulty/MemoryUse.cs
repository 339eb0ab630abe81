namespace Multitasking.TestWorker.Faulty;

/// <summary>Arrays and values in shared memory.</summary>
internal static class MemoryUse
{
    internal static async Task RunAsync(Steps steps)
    {
        await steps.TryAsync("array", async static () =>
        {
            using var array = new SharedArray<int>(100_000);
            await ChildProcess.RunAsync(() => array.Fill(3));
            Steps.Require(array[99_999] == 3, "not filled");
        });
        await steps.TryAsync("large array", static () =>
        {
            using var array = new SharedArray<long>(2 << 20);
            array[array.Length - 1] = 4;
            Steps.Require(array[array.Length - 1] == 4, "not written");
        });
        await steps.TryAsync("view", async static () =>
        {
            using var array = new SharedArray<int>(10);
            array.Fill(2);
            using var view = array.AsReadOnly();
            Steps.Require(await ChildProcess.RunAsync(() => view[4]) == 2, "not read");
        });
        await steps.TryAsync("value", async static () =>
        {
            using var value = new SharedValue<int>();
            await ChildProcess.RunAsync(() => value.Increment());
            Steps.Require(value.Value == 1, "not counted");
        });
        await steps.TryAsync("array in a task", async static () =>
        {
            using var array = new SharedArray<int>(1000);
            await using var pool = new ProcessPool(workers: 1);
            await pool.RunAsync(static lent => lent.Fill(5), array);
            Steps.Require(array[999] == 5, "not filled");
        });
    }
}
