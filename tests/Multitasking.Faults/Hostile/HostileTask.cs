namespace Multitasking.Faults.Hostile;

/// <summary>What a hostile worker runs: one move, chosen by a seed, and then one of the ways to go on.</summary>
public static class HostileTask
{
    /// <summary>The name of the move of a seed.</summary>
    public static string NameOf(int seed) => HostileMoves.All[new Random(seed).Next(HostileMoves.All.Count)].Name;

    /// <summary>How many moves there are.</summary>
    public static int Count => HostileMoves.All.Count;

    /// <summary>Makes the move; may return something, throw, sleep for ever, or end the process.</summary>
    public static object? Play(int seed)
    {
        var random = new Random(seed);
        var move = HostileMoves.All[random.Next(HostileMoves.All.Count)];
        move.Make(new HostilePlay(WorkerHandles.Find(), random));
        return Then(random);
    }

    /// <summary>As <see cref="Play"/>, and reports all the while.</summary>
    public static object? PlayAndReport(int seed, IProgress<int> progress)
    {
        for (int i = 0; i < 5; i++)
            progress.Report(i);
        object? result = Play(seed);
        for (int i = 0; i < 2000; i++)
            progress.Report(i);
        return result;
    }

    private static string? Then(Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                Environment.Exit(random.Next(3));
                return null;
            case 1:
                NativeCalls.ExitAtOnce(random.Next(3));
                return null;
            case 2:
                _ = NativeCalls.Raise(random.Next(2) == 0 ? NativeCalls.SIGKILL : NativeCalls.SIGSTOP);
                return null;
            case 3 or 4:
                Thread.Sleep(Timeout.Infinite);
                return null;
            case 5:
                throw new InvalidOperationException("an honest failure");
            default:
                return "an honest answer";
        }
    }
}
