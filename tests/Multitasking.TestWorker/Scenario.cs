using Multitasking.TestWorker.Scenarios;

namespace Multitasking.TestWorker;

/// <summary>What this program can be asked to do, by the name on its command line.</summary>
internal static class Scenario
{
    internal static IReadOnlyDictionary<string, Func<string[], int>> All { get; } = new Dictionary<string, Func<string[], int>>
    {
        // The arguments name the children, as Kinds.All lists them; the end comes when a line arrives at standard input.
        ["killed-with-children"] = Ends.ByWhoeverKillsIt,
        ["fail-fast-with-children"] = Ends.ByFailFast,
        ["unhandled-exception-with-children"] = Ends.ByUnhandledException,
        ["unhandled-exception-in-a-thread-with-children"] = Ends.ByUnhandledExceptionInAThread,
        ["stack-overflow-with-children"] = Ends.ByStackOverflow,
        ["native-crash-with-children"] = Ends.ByNativeCrash,
        ["exit-at-once-with-children"] = Ends.ByExitAtOnce,
        ["killed-while-starting"] = Ends.WhileStarting,

        // The first argument is a gate that lets a waited-for worker go.
        ["returns-with-child"] = NormalExits.ReturnsWithChild,
        ["returns-with-daemon"] = NormalExits.ReturnsWithDaemon,
        ["returns-with-both"] = NormalExits.ReturnsWithBoth,
        ["returns-with-grandchild"] = NormalExits.ReturnsWithGrandchild,
        ["returns-with-daemon-that-has-a-child"] = NormalExits.ReturnsWithDaemonThatHasAChild,
        ["returns-with-unawaited-answer"] = NormalExits.ReturnsWithUnawaitedAnswer,
        ["returns-with-thread"] = NormalExits.ReturnsWithThread,
        ["returns-with-daemon-thread"] = NormalExits.ReturnsWithDaemonThread,
        ["returns-with-child-that-has-a-thread"] = NormalExits.ReturnsWithChildThatHasAThread,
        ["returns-with-child-started-by-a-thread"] = NormalExits.ReturnsWithChildStartedByAThread,
        ["environment-exit-with-child"] = NormalExits.EnvironmentExitWithChild,
        ["environment-exit-with-daemon"] = NormalExits.EnvironmentExitWithDaemon,
        ["environment-exit-with-both"] = NormalExits.EnvironmentExitWithBoth,

        ["child-writes"] = Streams.ChildWrites,
        ["child-reads"] = Streams.ChildReads,
        ["children-have-raw-variables"] = Texts.ChildrenHaveRawVariables,
        ["children-write-halves"] = Texts.ChildrenWriteHalves,
        ["child-fails"] = Streams.ChildFails,
        ["child-without-errors-fails"] = Streams.ChildWithoutErrorsFails,
        ["answering-child-fails"] = Streams.AnsweringChildFails,
        ["thread-fails"] = Streams.ThreadFails,
        ["thread-without-errors-fails"] = Streams.ThreadWithoutErrorsFails,

        ["start-without-descriptors"] = Limits.StartWithoutDescriptors,
        ["start-without-processes"] = Limits.StartWithoutProcesses,

        ["answers"] = Calls.Answers,
        ["answers-after-a-failure"] = Calls.AnswersAfterAFailure,
        ["first-start-without-threads"] = Limits.FirstStartWithoutThreads,
        ["answers-on-a-full-thread-pool"] = Calls.AnswersOnAFullThreadPool,
        ["over-its-limit"] = Calls.OverItsLimit,
        ["limit-of-descriptors-is-lowered"] = Limits.LowerLimitWithChildren,
        ["answers-while-stopped"] = Calls.AnswersWhileStopped,
        ["exits-in-a-report"] = OddExits.InAReport,
        ["exits-in-a-callback"] = OddExits.InACallback,
        ["exits-in-a-finalizer"] = OddExits.InAFinalizer,
        ["exits-on-two-threads"] = OddExits.OnTwoThreads,
        ["exits-on-a-full-thread-pool"] = OddExits.OnAFullThreadPool,

        ["loses-proc"] = Machine.LosesProc,
        // The arguments are what is limited, and to how many.
        ["below-limits"] = BelowLimits.Run,

        // The arguments are the name of a use, as Uses.All lists them, and what may be left.
        ["faults"] = Faults.Run,
        // The argument is a file whose reading does not return.
        ["exits-with-stuck-daemon"] = StuckChildren.ExitWithDaemon,
        ["returns-with-killed-stuck-child"] = StuckChildren.ReturnWithKilled,
        ["exits-with-stuck-worker"] = StuckChildren.ExitWithWorker,
        ["exits-as-another-user"] = ChangedUsers.Exit,
        ["ends-children-as-another-user"] = ChangedUsers.End,

        ["sigchld-ignored"] = Signals.ChildEndsWhereSigchldIsIgnored,
        ["own-group-with-children"] = Signals.OwnGroupWithChildren,
        ["drains-on-sigterm"] = Signals.DrainsOnSigterm,
        ["drains-an-object"] = Signals.DrainsAnObject,
        ["lets-children-tidy-up"] = Signals.LetsChildrenTidyUp,

        ["changed-by-hot-reload"] = HotReloads.IsChanged,

        // On a terminal.
        ["child-is-killed-in-read-key"] = Terminals.ChildIsKilledInReadKey,
        ["child-is-killed-while-its-parent-is-in-read-key"] = Terminals.ChildIsKilledWhileItsParentIsInReadKey,

        // The argument names what starts itself without end.
        ["storm"] = Storms.Any,

        // The arguments name what the pools do, as PoolTasks.All lists them; the end comes when a line arrives at standard input.
        ["killed-with-pools"] = LivePools.ByWhoeverKillsIt,
        ["returns-with-pools"] = LivePools.Returns,
        ["environment-exit-with-pools"] = LivePools.EnvironmentExit,
        ["unhandled-exception-with-pools"] = LivePools.UnhandledException,
        ["disposes-its-pool"] = LivePools.Disposes,
        ["killed-while-starting-pools"] = LivePools.WhileStarting,
        ["pool-loses-its-program"] = LivePools.LosesItsProgram,
        ["pool-out-of-memory"] = LivePools.RunsOutOfMemory,
        ["pool-prints"] = LivePools.Prints,
        ["pool-prints-until-the-time-limit"] = LivePools.PrintsUntilTheTimeLimit,
        ["pool-counts-processes"] = LivePools.CountsProcesses,

        ["pool-answers-while-stopped"] = PoolLimits.AnswersWhileStopped,
        ["blocked-callers"] = BlockedCallers.OnFourThreads,
        ["pool-without-threads"] = PoolLimits.WithoutThreads,
        ["pool-with-few-descriptors"] = PoolLimits.WithFewDescriptors,
    };
}
