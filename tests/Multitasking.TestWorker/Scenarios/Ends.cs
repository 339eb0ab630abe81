using System.Runtime.CompilerServices;
using Multitasking.TestWorker.Targets;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>A parent that ends in any way but the normal ones, while its children have no end in sight.</summary>
internal static class Ends
{
    internal static int ByWhoeverKillsIt(string[] kinds)
    {
        Kinds.Start(kinds);
        Say.Line("ready");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    internal static int ByFailFast(string[] kinds)
    {
        StartAndWait(kinds);
        Environment.FailFast("as the test wants it");
        return 0;
    }

    internal static int ByUnhandledException(string[] kinds)
    {
        StartAndWait(kinds);
        throw new InvalidOperationException("as the test wants it");
    }

    internal static int ByUnhandledExceptionInAThread(string[] kinds)
    {
        StartAndWait(kinds);
        new Thread(static () => throw new InvalidOperationException("as the test wants it")).Start();
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    internal static int ByStackOverflow(string[] kinds)
    {
        StartAndWait(kinds);
        return Dig(1);
    }

    internal static int ByNativeCrash(string[] kinds)
    {
        StartAndWait(kinds);
        _ = Native.SetSignalDisposition(Native.SIGSEGV, Native.SIG_DFL);
        return Native.Raise(Native.SIGSEGV);
    }

    internal static int ByExitAtOnce(string[] kinds)
    {
        StartAndWait(kinds);
        Native.ExitAtOnce(7);
        return 0;
    }

    /// <summary>Starts children without end, so that its own end hits some of them before their first statement.</summary>
    internal static int WhileStarting(string[] kinds)
    {
        Say.Line("ready");
        while (true)
            Kinds.Start(kinds);
    }

    private static void StartAndWait(string[] kinds)
    {
        Kinds.Start(kinds);
        Say.Line("ready");
        Console.In.ReadLine();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Dig(int depth) => Dig(depth + 1) + depth;
}
