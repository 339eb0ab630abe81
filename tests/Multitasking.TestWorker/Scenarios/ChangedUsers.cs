using Multitasking.TestWorker.Targets;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>A program that starts children as root and ends them as a user who may send them no signal.</summary>
internal static class ChangedUsers
{
    private const uint Nobody = 65534;

    /// <summary>Leaves a daemon and a pool with an idle and a busy worker behind.</summary>
    internal static int Exit(string[] arguments)
    {
        new ChildProcess(Blocked.Sleep) { IsDaemon = true }.Start();
        var pool = new ProcessPool(workers: 2);
        pool.RunAsync(static () => 1).Wait();
        _ = pool.RunAsync(Blocked.Sleep);
        Console.In.ReadLine();
        return Native.SetUser(Nobody) == 0 ? 3 : 1;
    }

    /// <summary>Ends children and pools in all ways.</summary>
    internal static int End(string[] arguments)
    {
        // What exceptions need is loaded while everything may be read.
        Try("warm", static () => ChildProcess.RunAsync(Blocked.Sleep, TimeSpan.FromMilliseconds(100)).Wait());
        using var cancel = new CancellationTokenSource();
        var token = cancel.Token;
        var limited = ChildProcess.RunAsync(Blocked.Sleep, TimeSpan.FromSeconds(4));
        var cancelled = ChildProcess.RunAsync(Blocked.Sleep, cancellationToken: token);
        var killed = new ChildProcess(Blocked.Sleep);
        killed.Start();
        var pool = new ProcessPool(new PoolOptions { Workers = 2, TaskTimeout = TimeSpan.FromSeconds(4) });
        pool.RunAsync(static () => 1).Wait();
        var task = pool.RunAsync(Blocked.Sleep);
        var aborted = new ProcessPool(workers: 1);
        aborted.RunAsync(static () => 1).Wait();
        var lost = aborted.RunAsync(Blocked.Sleep);
        if (Native.SetUser(Nobody) != 0)
            return 1;
        cancel.Cancel();
        killed.Kill();
        aborted.Abort();
        Try("limited", limited.Wait);
        Try("cancelled", cancelled.Wait);
        Try("killed", killed.Join);
        Try("task", task.Wait);
        Try("aborted", lost.Wait);
        Try("disposed", () => pool.DisposeAsync().AsTask().Wait());
        Try("ended", () => aborted.DisposeAsync().AsTask().Wait());
        Say.Line($"exit codes: {killed.ExitCode}, alive: {ChildProcess.ActiveChildren.Count}");
        return 0;
    }

    private static void Try(string name, Action end)
    {
        try
        {
            end();
            Say.Line($"{name}: done");
        }
        catch (AggregateException exception)
        {
            Say.Line($"{name}: {exception.InnerException!.GetType().Name}");
        }
    }
}
