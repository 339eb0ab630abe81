using System.Globalization;
using Multitasking.TestWorker.Targets;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>Parents whose pools are alive when something happens to them.</summary>
internal static class LivePools
{
    private const int OwnCode = 3;

    internal static int ByWhoeverKillsIt(string[] kinds)
    {
        Start(kinds);
        Say.Line("ready");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    internal static int Returns(string[] kinds)
    {
        StartAndWait(kinds);
        return OwnCode;
    }

    internal static int EnvironmentExit(string[] kinds)
    {
        StartAndWait(kinds);
        Environment.Exit(OwnCode);
        return 0;
    }

    internal static int UnhandledException(string[] kinds)
    {
        StartAndWait(kinds);
        throw new InvalidOperationException("as the test wants it");
    }

    /// <summary>A pool that was disposed before the end.</summary>
    internal static int Disposes(string[] arguments)
    {
        var pool = PoolTasks.New(2);
        var answers = Enumerable.Range(0, 20).Select(i => pool.RunAsync(static x => x * x, i)).ToArray();
        pool.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Say.Line(string.Join(' ', answers.Select(static answer => answer.Result)));
        return OwnCode;
    }

    /// <summary>Makes pools and gives them work without end, so that its own end hits workers before their first statement.</summary>
    internal static int WhileStarting(string[] arguments)
    {
        Say.Line("ready");
        for (int i = 0; i < 40; i++)
            _ = PoolTasks.New(2).RunAsync(Blocked.Sleep);
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    /// <summary>Waits for a line before it loses its workers one by one.</summary>
    internal static int LosesItsProgram(string[] arguments)
    {
        // The first death brings in what an exception needs, which is still there to be loaded now.
        var pool = PoolTasks.New();
        SayOutcome("warm", pool.RunAsync(static () => Environment.Exit(7)));
        SayOutcome("warm", pool.RunAsync(static () => { }));
        Say.Line("ready");
        Console.In.ReadLine();
        foreach (var task in Enumerable.Range(0, 10).Select(_ => pool.RunAsync(static () => Native.ExitAtOnce(7))).ToArray())
            SayOutcome("task", task);
        return 0;
    }

    internal static int RunsOutOfMemory(string[] arguments)
    {
        var pool = PoolTasks.New();
        SayOutcome("let go", pool.RunAsync(static () => Eat([])));
        SayOutcome("after", pool.RunAsync(static () => { }));
        SayOutcome("kept", pool.RunAsync(static () => Eat(s_kept)));
        // The first of these may meet the worker that has no memory left, and is the last to do so.
        var outcomes = Enumerable.Range(0, 5).Select(_ => Outcome(pool.RunAsync(static () => { }))).ToArray();
        Say.Line($"then: {string.Join(' ', outcomes)}");
        return 0;
    }

    /// <summary>Prints, with three workers, and after each answer a line of its own.</summary>
    internal static int Prints(string[] arguments)
    {
        int length = int.Parse(arguments[0], CultureInfo.InvariantCulture), lines = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var pool = PoolTasks.New(3);
        var tasks = Enumerable.Range(0, 9).Select(async i =>
        {
            await pool.RunAsync(PrintLines, i, length, lines);
            // Not between longer ones: what this process prints itself is kept whole by the system up to 4096 bytes only.
            if (length < 100)
                Say.Line($"answered {i}");
        });
        Task.WhenAll(tasks).GetAwaiter().GetResult();
        return 0;
    }

    internal static int PrintsUntilTheTimeLimit(string[] arguments)
    {
        var pool = new ProcessPool(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromMilliseconds(300), TerminationGrace = TimeSpan.FromMilliseconds(50) });
        SayOutcome("printing", pool.RunAsync(static () =>
        {
            PrintLines(1, 20, 100);
            Thread.Sleep(Timeout.Infinite);
        }));
        return 0;
    }

    /// <summary>Counts its descendants while its pool works as hard as it can.</summary>
    internal static int CountsProcesses(string[] arguments)
    {
        var pool = PoolTasks.New(2);
        var map = pool.ForEachAsync(Enumerable.Range(0, 20_000), static _ => { });
        int most = 0;
        while (!map.IsCompleted)
        {
            most = Math.Max(most, Children().Length);
            Thread.Sleep(1);
        }
        map.GetAwaiter().GetResult();
        Say.Line($"at most {most} children, they have {Children().Sum(static child => ChildrenOf(child).Length)}");
        return 0;
    }

    private static readonly List<byte[]> s_kept = [];

    private static void Eat(List<byte[]> food)
    {
        while (true)
            food.Add(new byte[1 << 20]);
    }

    private static void PrintLines(int task, int length, int lines)
    {
        string filler = new((char)('a' + task), length);
        for (int i = 0; i < lines; i++)
        {
            Console.Out.WriteLine($"<{task}.{i} {filler} {task}.{i}>");
            if (i % 10 == 0)
                Console.Error.WriteLine($"<{task}.{i} error {task}.{i}>");
        }
    }

    private static string[] Children() => ChildrenOf($"{Environment.ProcessId}");

    private static string[] ChildrenOf(string process) =>
        [.. Directory.GetDirectories($"/proc/{process}/task")
            .SelectMany(static thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static void SayOutcome(string name, Task task) => Say.Line($"{name}: {Outcome(task)}");

    private static string Outcome(Task task)
    {
        try
        {
            task.Wait(TimeSpan.FromSeconds(20));
        }
        catch (AggregateException exception)
        {
            return exception.InnerException is RemoteException remote ? remote.TypeName : exception.InnerException!.GetType().Name;
        }
        return task.IsCompletedSuccessfully ? "answered" : "nothing";
    }

    private static void Start(string[] kinds)
    {
        foreach (string kind in kinds)
            PoolTasks.All[kind]();
    }

    private static void StartAndWait(string[] kinds)
    {
        Start(kinds);
        Say.Line("ready");
        Console.In.ReadLine();
    }
}
