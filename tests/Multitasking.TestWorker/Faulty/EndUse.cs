namespace Multitasking.TestWorker.Faulty;

/// <summary>Children that are ended: by a limit, a cancellation, a signal, their group.</summary>
internal static class EndUse
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(200);

    internal static async Task RunAsync(Steps steps)
    {
        await steps.TryAsync("time limit", static () => Steps.EndsWithAsync<TaskTimeoutException>(ChildProcess.RunAsync(Sleep, s_short)));
        await steps.TryAsync("cancellation", async static () =>
        {
            using var source = new CancellationTokenSource(s_short);
            await Steps.EndsWithAsync<OperationCanceledException>(ChildProcess.RunAsync(Sleep, cancellationToken: source.Token));
        });
        await steps.TryAsync("given way", async static () =>
        {
            using var source = new CancellationTokenSource(s_short);
            var token = source.Token;
            await Steps.EndsWithAsync<OperationCanceledException>(ChildProcess.RunAsync(() => GiveWay(token), cancellationToken: token));
        });
        await steps.TryAsync("kill", static () =>
        {
            var child = new ChildProcess(Sleep);
            child.Start();
            child.Kill();
            child.Join();
            Steps.Require(child.ExitCode == -9, $"exit code {child.ExitCode}");
        });
        await steps.TryAsync("group", static () =>
        {
            var group = new ProcessGroup { Processors = [0], TimeLimit = TimeSpan.FromMinutes(1) };
            var members = Enumerable.Range(0, 2).Select(_ => new ChildProcess(Sleep, group: group)).ToArray();
            try
            {
                foreach (var member in members)
                    member.Start();
            }
            finally
            {
                group.Terminate();
                group.Join();
            }
            Steps.Require(members.All(static member => member.ExitCode is -15 or -9), $"exit code {members[0].ExitCode}");
        });
    }

    private static void GiveWay(CancellationToken token)
    {
        token.WaitHandle.WaitOne();
        token.ThrowIfCancellationRequested();
    }

    private static void Sleep() => Thread.Sleep(Timeout.Infinite);
}
