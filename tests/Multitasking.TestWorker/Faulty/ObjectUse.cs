namespace Multitasking.TestWorker.Faulty;

/// <summary>A shared object, called from here and from a child.</summary>
internal static class ObjectUse
{
    internal static async Task RunAsync(Steps steps)
    {
        ICounter? counter = null;
        await steps.TryAsync("start", async () => counter = await SharedObject.StartAsync<ICounter>(static () => new Counter()));
        if (counter is not { } started)
            return;
        await steps.TryAsync("call", () => Steps.Require(started.Add(2) >= 2, "a wrong sum"));
        await steps.TryAsync("call of a child", () => ChildProcess.RunAsync(() => started.Add(3)));
        await steps.TryAsync("large call", async () => Steps.Require(await started.LengthAsync(new byte[200_000]) == 200_000, "a wrong length"));
        await steps.TryAsync("cancelled call", async () =>
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            await Steps.EndsWithAsync<OperationCanceledException>(started.WaitAsync(source.Token));
        });
        await steps.TryAsync("release", () => SharedObject.Release(started));
    }
}
