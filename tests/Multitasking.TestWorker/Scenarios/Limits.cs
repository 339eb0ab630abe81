using System.Diagnostics;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>A system that has nothing left to start a child with.</summary>
internal static class Limits
{
    private const uint Nobody = 65534;

    /// <summary>Tries with room for none, one, two and more further descriptors, until one start succeeds.</summary>
    internal static int StartWithoutDescriptors(string[] arguments)
    {
        _ = Console.Out;
        int before = Open();
        Native.GetLimit(Native.RLIMIT_NOFILE, out var usual);
        int room = 0;
        for (bool isStarted = false; !isStarted; room++)
        {
            var child = new ChildProcess(static () => { });
            Native.SetLimit(Native.RLIMIT_NOFILE, new Native.Limit { Soft = (ulong)(before + room), Hard = usual.Hard });
            isStarted = TryStart(child, out var error);
            Native.SetLimit(Native.RLIMIT_NOFILE, usual);
            Say.Line($"{(isStarted ? "started" : "refused")} with room for {room}: {error?.GetType().Name} {error?.Message}");
            if (isStarted)
                child.Join();
            else if (child.IsAlive || child.Id is not null)
                Say.Line("it claims to be alive");
            else
                Retry(child);
        }
        Say.Line($"descriptors left: {Open() - before}, children left: {ChildProcess.ActiveChildren.Count}");
        return 0;
    }

    internal static int StartWithoutProcesses(string[] arguments)
    {
        var first = new ChildProcess(static () => { });
        first.Start();
        first.Join();
        int before = Open();
        Native.SetLimit(Native.RLIMIT_NPROC, new Native.Limit { Soft = 1, Hard = 1 });
        // The limit does not hold for root.
        if (Native.SetUser(Nobody) != 0 && Environment.IsPrivilegedProcess)
            return 1;
        var child = new ChildProcess(static () => { });
        bool isStarted = TryStart(child, out var error);
        Say.Line($"{(isStarted ? "started" : "refused")}: {error?.GetType().Name} {error?.Message}");
        Say.Line($"alive: {child.IsAlive}, children left: {ChildProcess.ActiveChildren.Count}");
        return 0;
    }

    private static void Retry(ChildProcess child)
    {
        bool isStarted = TryStart(child, out var error);
        if (isStarted)
            child.Join();
        Say.Line($"{(isStarted ? $"retried, ended with {child.ExitCode}" : "retried in vain")}: {error?.Message}");
    }

    private static bool TryStart(ChildProcess child, out Exception? error)
    {
        error = null;
        try
        {
            child.Start();
            return true;
        }
        catch (Exception exception) when (exception is not UnreachableException)
        {
            error = exception;
            return false;
        }
    }

    private static int Open() => Directory.GetFileSystemEntries("/proc/self/fd").Length - 1;
}
