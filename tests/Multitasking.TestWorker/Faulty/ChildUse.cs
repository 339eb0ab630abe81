namespace Multitasking.TestWorker.Faulty;

/// <summary>Children that answer, report, fail.</summary>
internal static class ChildUse
{
    internal static async Task RunAsync(Steps steps)
    {
        await steps.TryAsync("answer", async static () =>
        {
            int number = 20;
            Steps.Require(await ChildProcess.RunAsync(() => 2 * number) == 40, "a wrong answer");
        });
        await steps.TryAsync("large answer", async static () =>
        {
            byte[] given = new byte[300_000];
            byte[] answer = await ChildProcess.RunAsync(() => Turned(given));
            Steps.Require(answer.Length == given.Length && answer.AsSpan().IndexOfAnyExcept((byte)1) < 0, "a wrong answer");
        });
        await steps.TryAsync("reports", async static () =>
        {
            var heard = new Heard();
            IProgress<int> progress = heard;
            await ChildProcess.RunAsync(() => Report(progress));
            Steps.Require(heard.Count == 3, $"{heard.Count} reports of 3");
        });
        await steps.TryAsync("failure", static () => Steps.EndsWithAsync<RemoteException>(ChildProcess.RunAsync(static () => throw new NotSupportedException("as it should be"))));
        await steps.TryAsync("exit code", static () =>
        {
            var child = new ChildProcess(static () => Environment.Exit(7));
            child.Start();
            child.Join();
            if (child.ExitCode != 7 && child.Exception is { } failed)
                throw failed;
            Steps.Require(child.ExitCode == 7, $"exit code {child.ExitCode}");
        });
    }

    private static byte[] Turned(byte[] bytes)
    {
        bytes.AsSpan().Fill(1);
        return bytes;
    }

    private static void Report(IProgress<int> progress)
    {
        for (int i = 0; i < 3; i++)
            progress.Report(i);
    }

    /// <summary>Counts at once, where <see cref="Progress{T}"/> would hand on.</summary>
    private sealed class Heard : IProgress<int>
    {
        private int _count;

        internal int Count => Volatile.Read(ref _count);

        public void Report(int value) => Interlocked.Increment(ref _count);
    }
}
