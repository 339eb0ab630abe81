using Multitasking.TestWorker.Targets;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>A main process that ends by itself while its workers still run.</summary>
internal static class NormalExits
{
    private const int OwnCode = 3;

    internal static int ReturnsWithChild(string[] arguments)
    {
        new ChildProcess(PassAndSayDone, args: [arguments[0]]).Start();
        return MainIsDone();
    }

    internal static int ReturnsWithDaemon(string[] arguments)
    {
        new ChildProcess(Blocked.Sleep) { IsDaemon = true }.Start();
        FileGate.Pass(arguments[0]);
        return MainIsDone();
    }

    internal static int ReturnsWithBoth(string[] arguments)
    {
        new ChildProcess(Blocked.Sleep) { IsDaemon = true }.Start();
        return ReturnsWithChild(arguments);
    }

    internal static int ReturnsWithGrandchild(string[] arguments)
    {
        string gate = arguments[0];
        ChildProcess.Start(() => new ChildProcess(PassAndSayDone, args: [gate]).Start());
        return MainIsDone();
    }

    internal static int ReturnsWithDaemonThatHasAChild(string[] arguments)
    {
        new ChildProcess(Families.StartADaemon) { IsDaemon = true }.Start();
        FileGate.Pass(arguments[0]);
        return MainIsDone();
    }

    internal static int ReturnsWithUnawaitedAnswer(string[] arguments)
    {
        _ = ChildProcess.RunAsync(Blocked.Sleep);
        FileGate.Pass(arguments[0]);
        return MainIsDone();
    }

    internal static int ReturnsWithThread(string[] arguments)
    {
        new ChildThread(PassAndSayDone, args: [arguments[0]]).Start();
        return MainIsDone();
    }

    internal static int ReturnsWithDaemonThread(string[] arguments)
    {
        new ChildThread(Blocked.Sleep) { IsDaemon = true }.Start();
        FileGate.Pass(arguments[0]);
        return MainIsDone();
    }

    internal static int ReturnsWithChildThatHasAThread(string[] arguments)
    {
        string gate = arguments[0];
        ChildProcess.Start(() => new ChildThread(PassAndSayDone, args: [gate]).Start());
        return MainIsDone();
    }

    /// <summary>The thread that starts the child has ended long before the child does.</summary>
    internal static int ReturnsWithChildStartedByAThread(string[] arguments)
    {
        var thread = new Thread(() => new ChildProcess(PassAndSayDone, args: [arguments[0]]).Start());
        thread.Start();
        thread.Join();
        return MainIsDone();
    }

    internal static int EnvironmentExitWithChild(string[] arguments)
    {
        new ChildProcess(PassAndSayDone, args: [arguments[0]]).Start();
        Environment.Exit(MainIsDone());
        return 0;
    }

    internal static int EnvironmentExitWithDaemon(string[] arguments)
    {
        new ChildProcess(Blocked.Sleep) { IsDaemon = true }.Start();
        FileGate.Pass(arguments[0]);
        Environment.Exit(MainIsDone());
        return 0;
    }

    /// <summary>Waits for a line at standard input before it exits.</summary>
    internal static int EnvironmentExitWithBoth(string[] arguments)
    {
        new ChildProcess(Blocked.Sleep) { IsDaemon = true }.Start();
        string gate = arguments[0];
        ChildProcess.Start(() => FileGate.Pass(gate));
        Console.In.ReadLine();
        Environment.Exit(MainIsDone());
        return 0;
    }

    private static int MainIsDone()
    {
        Say.Line("main is done");
        return OwnCode;
    }

    private static void PassAndSayDone(string gate)
    {
        Say.Here();
        FileGate.Pass(gate);
        Say.Line("the worker is done");
    }
}
