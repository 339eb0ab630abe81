using System.Runtime.InteropServices;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>Parents with habits of their own about signals.</summary>
internal static class Signals
{
    /// <summary>As some launchers leave it; exit statuses are thrown away then.</summary>
    internal static int ChildEndsWhereSigchldIsIgnored(string[] arguments)
    {
        _ = Native.SetSignalDisposition(Native.SIGCHLD, Native.SIG_IGN);
        var child = new ChildProcess(static () => Environment.Exit(7));
        child.Start();
        child.Join();
        Say.Line($"ended with {child.ExitCode}");
        return 0;
    }

    /// <summary>As a shell starts it: a process group of its own, to which the terminal sends Ctrl-C.</summary>
    internal static int OwnGroupWithChildren(string[] kinds)
    {
        _ = Native.SetProcessGroup(0, 0);
        return Ends.ByWhoeverKillsIt(kinds);
    }

    /// <summary>A service that lets its workers finish on SIGTERM.</summary>
    internal static int DrainsOnSigterm(string[] arguments)
    {
        using var asked = new ManualResetEventSlim();
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            asked.Set();
        });
        var child = new ChildProcess(Work, args: [arguments[0]]);
        child.Start();
        asked.Wait();
        Say.Line("draining");
        child.Join();
        Say.Line($"drained: {child.ExitCode}");
        return 0;
    }

    private static void Work(string gate)
    {
        Say.Here();
        FileGate.Pass(gate);
    }
}
