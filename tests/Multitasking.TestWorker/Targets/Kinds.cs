namespace Multitasking.TestWorker.Targets;

/// <summary>Children that do not end by themselves, each busy in a way of its own.</summary>
internal static class Kinds
{
    internal static IReadOnlyDictionary<string, Func<ChildProcess>> All { get; } = new Dictionary<string, Func<ChildProcess>>
    {
        ["sleeping"] = static () => new ChildProcess(Blocked.Sleep),
        ["daemon"] = static () => new ChildProcess(Blocked.Sleep) { IsDaemon = true },
        ["busy"] = static () => new ChildProcess(Blocked.Spin),
        ["busy-on-all-pool-threads"] = static () => new ChildProcess(Blocked.FillThreadPool),
        ["native"] = static () => new ChildProcess(Blocked.StayInNativeCode),
        ["awaiting"] = static () => new ChildProcess(Blocked.AwaitAsync),
        ["with-token"] = static () => new ChildProcess(Blocked.WaitForTheToken),
        ["tidying"] = static () => new ChildProcess(Blocked.TidyUpWhenAsked),
        ["daemon-tidying"] = static () => new ChildProcess(Blocked.TidyUpWhenAsked) { IsDaemon = true },
        ["ignoring-its-token"] = static () => new ChildProcess(Blocked.IgnoreTheToken),
        ["hanging-in-a-callback"] = static () => new ChildProcess(Blocked.HangInTheTokensCallback),
        ["ignoring-signals"] = static () => new ChildProcess(Stubborn.IgnoreSignals),
        ["without-streams"] = static () => new ChildProcess(Stubborn.CloseStandardStreams),
        ["without-any-descriptor"] = static () => new ChildProcess(Stubborn.CloseAllDescriptors),
        ["with-exit-handler"] = static () => new ChildProcess(Stubborn.HangInExitHandler),
        ["with-foreground-thread"] = static () => new ChildProcess(Stubborn.KeepForegroundThread),
        ["allocating"] = static () => new ChildProcess(Blocked.Allocate),
        ["parent-of-one"] = static () => new ChildProcess(Families.StartOne),
        ["parent-of-tidying"] = static () => new ChildProcess(Families.StartOneThatTidiesUp),
        ["parent-of-a-daemon"] = static () => new ChildProcess(Families.StartADaemon),
        ["grandparent"] = static () => new ChildProcess(Families.StartAParent),
        ["daemon-parent"] = static () => new ChildProcess(Families.StartADaemon) { IsDaemon = true },
    };

    internal static void Start(IEnumerable<string> kinds)
    {
        foreach (string kind in kinds)
            All[kind]().Start();
    }
}
