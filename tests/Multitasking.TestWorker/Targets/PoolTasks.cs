using System.Globalization;

namespace Multitasking.TestWorker.Targets;

/// <summary>Pools that are alive when their process ends, each busy in a way of its own.</summary>
internal static class PoolTasks
{
    // Nobody shall collect them.
    private static readonly List<ProcessPool> s_pools = [];

    internal static IReadOnlyDictionary<string, Action> All { get; } = new Dictionary<string, Action>
    {
        ["idle"] = static () => Busy(static () => SayHere()).GetAwaiter().GetResult(),
        ["sleeping"] = static () => Busy(Blocked.Sleep),
        ["busy"] = static () => Busy(Blocked.Spin),
        ["native"] = static () => Busy(Blocked.StayInNativeCode),
        ["awaiting"] = static () => Busy(Blocked.AwaitAsync),
        ["ignoring-signals"] = static () => Busy(Stubborn.IgnoreSignals),
        ["without-any-descriptor"] = static () => Busy(Stubborn.CloseAllDescriptors),
        ["with-exit-handler"] = static () => Busy(Stubborn.HangInExitHandler),
        ["with-foreground-thread"] = static () => Busy(Stubborn.KeepForegroundThread),
        ["with-token"] = static () => New().RunAsync(Blocked.WaitForTheToken, CancellationToken.None),
        ["allocating"] = static () => Busy(Blocked.Allocate),
        ["stopped"] = static () => Busy(Stop),
        ["with-child"] = static () => Busy(Families.StartOne),
        ["nested"] = static () => Busy(BusyNestedAsync),
        ["backlog"] = static () => Backlog(),
        ["in-initializer"] = static () => Start(new ProcessPool(new PoolOptions { Workers = 1, Initializer = Blocked.Sleep }), static () => { }),
    };

    internal static ProcessPool New(int workers = 1)
    {
        var pool = new ProcessPool(workers);
        s_pools.Add(pool);
        return pool;
    }

    /// <summary>For the lines that tests look for.</summary>
    internal static void SayHere() => Say.Line(string.Create(CultureInfo.InvariantCulture, $"here {Environment.ProcessId}"));

    private static Task Busy(Action target) => Start(New(), target);

    private static Task Busy(Func<Task> target) => New().RunAsync(target);

    private static Task Start(ProcessPool pool, Action target)
    {
        s_pools.Add(pool);
        return pool.RunAsync(target);
    }

    private static void Backlog()
    {
        var pool = New(2);
        for (int i = 0; i < 500; i++)
            _ = pool.RunAsync(Blocked.Sleep);
    }

    private static void Stop()
    {
        SayHere();
        _ = Native.Raise(Native.SIGSTOP);
    }

    private static Task BusyNestedAsync()
    {
        SayHere();
        return New().RunAsync(static () =>
        {
            SayHere();
            return New().RunAsync(Blocked.Sleep);
        });
    }
}
