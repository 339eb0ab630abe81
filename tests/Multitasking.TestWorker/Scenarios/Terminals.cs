using System.Diagnostics;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>Programs on a terminal whose children are killed.</summary>
internal static class Terminals
{
    /// <summary>The child reads a key; it has turned off what is typed is shown, and cannot turn it on again.</summary>
    internal static int ChildIsKilledInReadKey(string[] arguments)
    {
        var child = new ChildProcess(static () => _ = Console.ReadKey(intercept: true));
        child.Start();
        WaitUntil(reads: true);
        child.Kill();
        child.Join();
        WaitUntil(reads: false);
        Say.Line("usable");
        return 0;
    }

    /// <summary>The program itself reads a key, and a child that does not is killed.</summary>
    internal static int ChildIsKilledWhileItsParentIsInReadKey(string[] arguments)
    {
        var child = new ChildProcess(static () => Thread.Sleep(Timeout.Infinite));
        child.Start();
        new Thread(static () => _ = Console.ReadKey(intercept: true)) { IsBackground = true }.Start();
        WaitUntil(reads: true);
        child.Kill();
        child.Join();
        Say.Line(Native.IsReadingKeys() ? "still reading" : "disturbed");
        return 0;
    }

    private static void WaitUntil(bool reads)
    {
        long start = Stopwatch.GetTimestamp();
        while (Native.IsReadingKeys() != reads)
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(25))
                throw new TimeoutException($"The terminal is not set for {(reads ? "keys" : "lines")}.");
            Thread.Sleep(5);
        }
    }
}
