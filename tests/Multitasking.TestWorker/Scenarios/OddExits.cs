using System.Runtime.CompilerServices;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>
/// A parent that calls <see cref="Environment.Exit"/> where the library or the runtime is in the middle of something, with a child that is
/// waited for.
/// </summary>
internal static class OddExits
{
    private const int OwnCode = 3;

    /// <summary>The argument says how often the child reports.</summary>
    internal static int InAReport(string[] arguments)
    {
        var progress = new Exiting();
        new ChildProcess(Report, args: [(IProgress<int>)progress, int.Parse(arguments[0], null)]).Start();
        return Wait();
    }

    internal static int InACallback(string[] arguments)
    {
        using var source = new CancellationTokenSource();
        new ChildProcess(SayDone, args: [source.Token]).Start();
        source.Token.Register(static () => Environment.Exit(OwnCode));
        source.Cancel();
        return Wait();
    }

    internal static int InAFinalizer(string[] arguments)
    {
        new ChildProcess(Targets.Blocked.Sleep).Start();
        Drop();
        while (true)
        {
            GC.Collect();
            Thread.Sleep(1);
        }
    }

    internal static int OnTwoThreads(string[] arguments)
    {
        new ChildProcess(SayDone, args: [CancellationToken.None]).Start();
        new Thread(static () => Environment.Exit(OwnCode)).Start();
        Environment.Exit(OwnCode);
        return 0;
    }

    /// <summary>All threads of the pool are kept by callers who wait.</summary>
    internal static int OnAFullThreadPool(string[] arguments)
    {
        int count = Environment.ProcessorCount;
        ThreadPool.SetMinThreads(count, count);
        ThreadPool.SetMaxThreads(count, count);
        for (int i = 0; i < 4 * count; i++)
            ThreadPool.UnsafeQueueUserWorkItem(static _ => Thread.Sleep(Timeout.Infinite), null);
        return InAReport(["2000"]);
    }

    private static int Wait()
    {
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop() => _ = new Last();

    private static void Report(IProgress<int> progress, int count)
    {
        for (int i = 0; i < count; i++)
            progress.Report(i);
        Say.Line("done");
    }

    private static void SayDone(CancellationToken token)
    {
        token.WaitHandle.WaitOne(300);
        Say.Line("done");
    }

    private sealed class Exiting : IProgress<int>
    {
        public void Report(int value) => Environment.Exit(OwnCode);
    }

    private sealed class Last
    {
        ~Last() => Environment.Exit(OwnCode);
    }
}
