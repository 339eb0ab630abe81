using Multitasking.TestWorker.Faulty;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>Uses of the library on a machine that lacks something.</summary>
internal static class Machine
{
    /// <summary>No /proc for a while, which has to be this process' own to take away: <c>unshare -m</c>.</summary>
    internal static int LosesProc(string[] arguments)
    {
        var pool = new ProcessPool(workers: 1);
        RunAsync(async steps =>
        {
            await steps.TryAsync("before", () => pool.RunAsync(static () => { }));
            await steps.TryAsync("unmount", static () => Steps.Require(Native.Unmount("/proc", Native.MNT_DETACH) == 0, "/proc is in use"));
            await steps.TryAsync("task", async () => Steps.Require(await pool.RunAsync(static x => x, 5) == 5, "a wrong answer"));
            await steps.TryAsync("child", async () => Steps.Require(await ChildProcess.RunAsync(static () => 4) == 4, "a wrong answer"));
            await steps.TryAsync("lost worker", () => Steps.EndsWithAsync<WorkerLostException>(pool.RunAsync(static () => Native.ExitAtOnce(3))));
            await steps.TryAsync("after it", () => pool.RunAsync(static () => { }));
            await steps.TryAsync("dispose", () => pool.DisposeAsync().AsTask());
            await steps.TryAsync("mount", static () => Steps.Require(Native.Mount("proc", "/proc", "proc", 0, 0) == 0, "no /proc again"));
        });
        RunAsync(PoolUse.RunAsync, "second");
        return 0;
    }

    private static void RunAsync(Func<Steps, Task> use, string round = "first") => use(new Steps(round)).GetAwaiter().GetResult();
}
