namespace Multitasking.TestWorker.Scenarios;

/// <summary>A system that has nothing left to start a child with.</summary>
internal static class Limits
{
    private const uint Nobody = 65534;

    /// <summary>Tries with room for no further descriptor, for one, two and more, until one start succeeds.</summary>
    internal static int StartWithoutDescriptors(string[] arguments)
    {
        // The first child brings the library's code and a descriptor that stays.
        RunOne();
        int open = Directory.GetFileSystemEntries("/proc/self/fd").Length, before = Open();
        Native.GetLimit(Native.RLIMIT_NOFILE, out var usual);
        // Numbers that are free below the limit count as room too.
        int room = -8;
        for (bool isStarted = false; !isStarted; room++)
        {
            var child = new ChildProcess(static () => { });
            Native.SetLimit(Native.RLIMIT_NOFILE, new Native.Limit { Soft = (ulong)(open + room), Hard = usual.Hard });
            isStarted = TryStart(child, out string outcome);
            Native.SetLimit(Native.RLIMIT_NOFILE, usual);
            Say.Line($"{outcome}, alive: {child.IsAlive}, id: {child.Id is not null}");
            if (isStarted || TryStart(child, out _))
                child.Join();
            Say.Line($"in the end: {child.ExitCode}");
        }
        Say.Line($"descriptors left: {Open() - before}, children left: {ChildProcess.ActiveChildren.Count}");
        return 0;
    }

    /// <summary>Makes its first call where there is no thread to be had, and the next where there is.</summary>
    internal static int FirstStartWithoutThreads(string[] arguments)
    {
        Native.GetLimit(Native.RLIMIT_NPROC, out var usual);
        Say.Line("ready");
        if (Environment.IsPrivilegedProcess && Native.SetUser(Nobody) != 0)
            return 1;
        Native.SetLimit(Native.RLIMIT_NPROC, new Native.Limit { Soft = 1, Hard = usual.Hard });
        var child = new ChildProcess(static () => { });
        TryStart(child, out string outcome);
        Say.Line(outcome);
        Native.SetLimit(Native.RLIMIT_NPROC, usual);
        Say.Line($"then: {(TryStart(child, out outcome) ? "started" : outcome)}");
        return 0;
    }

    internal static int StartWithoutProcesses(string[] arguments)
    {
        Say.Line("ready");
        RunOne();
        int before = Open();
        Native.SetLimit(Native.RLIMIT_NPROC, new Native.Limit { Soft = 1, Hard = 1 });
        // The limit does not hold for root.
        if (Environment.IsPrivilegedProcess && Native.SetUser(Nobody) != 0)
            return 1;
        var child = new ChildProcess(static () => { });
        TryStart(child, out string outcome);
        Say.Line($"{outcome}, alive: {child.IsAlive}, id: {child.Id is not null}");
        Say.Line($"descriptors left: {Open() - before}, children left: {ChildProcess.ActiveChildren.Count}");
        return 0;
    }

    /// <summary>Ends its children while there is no descriptor to be had, and fewer are allowed than it has.</summary>
    internal static int LowerLimitWithChildren(string[] arguments)
    {
        const int Count = 20;
        ChildProcess[] children = [.. Enumerable.Range(0, Count).Select(static _ => ChildProcess.Start(Targets.Blocked.Sleep))];
        var outcome = new int[Count];
        Say.Line("ready");
        Native.GetLimit(Native.RLIMIT_NOFILE, out var usual);
        Native.SetLimit(Native.RLIMIT_NOFILE, new Native.Limit { Soft = Count, Hard = usual.Hard });
        for (int i = 0; i < Count; i++)
        {
            if (i % 2 == 0)
                children[i].Terminate();
            else
                children[i].Kill();
            children[i].Join();
            outcome[i] = children[i].ExitCode ?? 0;
        }
        Native.SetLimit(Native.RLIMIT_NOFILE, usual);
        Say.Line($"terminated: {outcome.Count(static code => code == -15)}, killed: {outcome.Count(static code => code == -9)}");
        return 0;
    }

    private static void RunOne()
    {
        var first = new ChildProcess(static () => { });
        first.Start();
        first.Join();
    }

    private static bool TryStart(ChildProcess child, out string outcome)
    {
        try
        {
            child.Start();
            outcome = "started";
            return true;
        }
        catch (Exception exception)
        {
            outcome = $"{exception.GetType().Name}: {exception.Message}";
            return false;
        }
    }

    /// <summary>How many descriptors there are of the kinds that children take: links, process descriptors, events.</summary>
    private static int Open() =>
        new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
            .Count(static link => link.LinkTarget is { } target && (target.StartsWith("socket:", StringComparison.Ordinal) || target.StartsWith("anon_inode:", StringComparison.Ordinal)));
}
