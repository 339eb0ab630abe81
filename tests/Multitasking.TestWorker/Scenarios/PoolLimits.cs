namespace Multitasking.TestWorker.Scenarios;

/// <summary>Pools in a system that has nothing left to give, for a while.</summary>
internal static class PoolLimits
{
    private const uint Nobody = 65534;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Makes a pool while no thread is to be had, and uses it when there are threads again.</summary>
    internal static int WithoutThreads(string[] arguments)
    {
        // What exceptions and waits need is loaded, and has its threads, before there are none.
        var warm = new ProcessPool(workers: 1);
        Say.Line($"warm: {Outcome(warm.RunAsync(static () => 42))}");
        // Its worker is another user's in a moment, and could not be ended then.
        warm.DisposeAsync().AsTask().Wait();
        Native.GetLimit(Native.RLIMIT_NPROC, out var usual);
        // The limit does not hold for root.
        if (Environment.IsPrivilegedProcess && Native.SetUser(Nobody) != 0)
            return 1;
        Native.SetLimit(Native.RLIMIT_NPROC, usual with { Soft = 1 });
        var pool = new ProcessPool(workers: 1);
        var disposed = new ProcessPool(workers: 1);
        Say.Line($"first: {Outcome(pool.RunAsync(static () => 42))}");
        Say.Line($"second: {Outcome(pool.RunAsync(static () => 42))}");
        Outcome(disposed.RunAsync(static () => 42));
        Say.Line($"disposed: {disposed.DisposeAsync().AsTask().Wait(s_patience)}");
        Native.SetLimit(Native.RLIMIT_NPROC, usual);
        Say.Line($"after: {(CanStart() ? Outcome(pool.RunAsync(static () => 42)) : "answered")}");
        return 0;
    }

    /// <summary>Asks for more workers than there are descriptors for.</summary>
    internal static int WithFewDescriptors(string[] arguments)
    {
        Native.GetLimit(Native.RLIMIT_NOFILE, out var usual);
        ulong open = (ulong)Directory.GetFileSystemEntries("/proc/self/fd").Length;
        Native.SetLimit(Native.RLIMIT_NOFILE, usual with { Soft = open + 60 });
        var pool = new ProcessPool(workers: 40);
        int[] numbers = [.. Enumerable.Range(0, 200)];
        var tasks = numbers.Select(number => pool.RunAsync(Wait, number)).ToArray();
        Say.Line($"answered: {Task.WhenAll(tasks).Wait(s_patience) && numbers.SequenceEqual(tasks.Select(static task => task.Result))}");
        Say.Line($"fewer: {pool.WorkersAlive is > 0 and < 20}");
        Say.Line($"says so: {pool.Trouble?.Contains("descriptors", StringComparison.Ordinal)}");
        Native.SetLimit(Native.RLIMIT_NOFILE, usual);
        pool.DisposeAsync().AsTask().Wait();
        return 0;
    }

    /// <summary>The first argument is a gate for the task, the second the limit in milliseconds.</summary>
    internal static int AnswersWhileStopped(string[] arguments)
    {
        string gate = arguments[0];
        var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromMilliseconds(int.Parse(arguments[1], null)) });
        var task = pool.RunAsync(() =>
        {
            Say.Here();
            FileGate.Pass(gate);
        });
        Say.Line(Outcome(task));
        return 0;
    }

    private static int Wait(int number)
    {
        Thread.Sleep(20);
        return number;
    }

    /// <summary>Whether this user may read the program.</summary>
    private static bool CanStart() => File.Exists(typeof(ProcessPool).Assembly.Location);

    private static string Outcome(Task task)
    {
        try
        {
            return task.Wait(s_patience) ? "answered" : "hangs";
        }
        catch (AggregateException exception)
        {
            return $"{exception.InnerException!.GetType().Name} < {exception.InnerException.InnerException?.GetType().Name}";
        }
    }
}
