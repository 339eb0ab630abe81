using System.Globalization;
using Multitasking.TestWorker.Faulty;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>Uses children and a pool of sixty workers below a limit of the system, and again without it.</summary>
internal static class BelowLimits
{
    private const int Workers = 60, Tasks = 200;

    // A user of whom nobody else is, so that the processes of others do not count.
    private const int FirstUser = 100_000;

    /// <summary>Goes through all that.</summary>
    /// <param name="arguments">What is limited, and to how many: <c>processes</c> are those that are left.</param>
    internal static int Run(string[] arguments)
    {
        RunAsync(arguments[0], ulong.Parse(arguments[1], CultureInfo.InvariantCulture)).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(string what, ulong most)
    {
        ProcessPool? running = null;
        if (what != "descriptors")
        {
            await UseAsync(new Steps("before"), workers: 2);
            running = new ProcessPool(workers: 2);
            await running.RunAsync(static () => { });
        }
        int resource = what == "processes" ? Native.RLIMIT_NPROC : Native.RLIMIT_NOFILE;
        if (what == "processes")
        {
            // Its workers are another user's in a moment, as which it could not be given any back.
            await running!.DisposeAsync();
            running = null;
            Steps.Require(Native.SetUser((uint)(FirstUser + Environment.ProcessId)) == 0, "it is root no more");
            most += (ulong)Directory.GetDirectories("/proc/self/task").Length;
        }
        Native.GetLimit(resource, out var usual);
        Native.SetLimit(resource, usual with { Soft = most });
        var first = new Steps("first");
        if (running is not null)
            await first.TryAsync("running pool", async () => Steps.Require(await running.RunAsync(static () => 3) == 3, "a wrong answer"));
        await UseAsync(first, Workers);
        Native.SetLimit(resource, usual);
        var second = new Steps("second");
        if (running is not null)
        {
            await second.TryAsync("running pool", async () => Steps.Require(await running.RunAsync(static () => 3) == 3, "a wrong answer"));
            await running.DisposeAsync();
        }
        await UseAsync(second, workers: 2);
        Say.Line($"children {ChildProcess.ActiveChildren.Count}");
    }

    private static async Task UseAsync(Steps steps, int workers)
    {
        await steps.TryAsync("child", static async () => Steps.Require(await ChildProcess.RunAsync(static () => 4) == 4, "a wrong answer"));
        ProcessPool? pool = null;
        await steps.TryAsync("make", () => pool = new ProcessPool(workers));
        if (pool is null)
            return;
        await steps.TryAsync("tasks", async () =>
        {
            var tasks = Enumerable.Range(0, Tasks).Select(number => pool.RunAsync(Wait, number)).ToArray();
            Steps.Require((await Task.WhenAll(tasks)).SequenceEqual(Enumerable.Range(0, Tasks)), "wrong answers");
        });
        await steps.TryAsync("dispose", () => pool.DisposeAsync().AsTask());
    }

    private static int Wait(int number)
    {
        Thread.Sleep(10);
        return number;
    }
}
