using System.Runtime.InteropServices;
using Multitasking.TestWorker.Targets;

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

    /// <summary>A service that serves on after Ctrl-C, and after the end of its terminal, until it has told what it had.</summary>
    internal static int DrainsAnObject(string[] arguments)
    {
        _ = Native.SetProcessGroup(0, 0);
        using var asked = new CountdownEvent(2);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Drain);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Drain);
        var ledger = SharedObject.StartAsync<ITotal>(static () => new Total()).Result;
        ledger.Add(41);
        Say.Here();
        asked.Wait();
        ledger.Add(1);
        Say.Line($"drained: {ledger.Value}");
        // It would end the object's process, a daemon, with its own end.
        var process = ChildProcess.ActiveChildren.Single();
        SharedObject.Release(ledger);
        process.Join();
        return 0;

        void Drain(PosixSignalContext context)
        {
            context.Cancel = true;
            asked.Signal();
        }
    }

    /// <summary>A program that lets its children tidy up when Ctrl-C, or the signal of the number in its argument, reaches all of them.</summary>
    internal static int LetsChildrenTidyUp(string[] arguments)
    {
        _ = Native.SetProcessGroup(0, 0);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);
        var child = new ChildProcess(TidyUpAsync);
        child.Start();
        child.Join();
        Say.Line($"ended with {child.ExitCode}");
        return 0;
    }

    private static async Task TidyUpAsync(CancellationToken token)
    {
        Say.Here();
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        finally
        {
            Say.Line("tidied up");
        }
    }

    private static void Work(string gate)
    {
        Say.Here();
        FileGate.Pass(gate);
    }
}
