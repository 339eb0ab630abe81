using System.Diagnostics;
using System.Globalization;

namespace Multitasking.Contracts;

/// <summary>What the tests of pools have run. All of it travels.</summary>
internal static class PoolTargets
{
    internal static int Square(int number) => number * number;

    internal static int SlowSquare(int number, int milliseconds)
    {
        Thread.Sleep(milliseconds);
        return number * number;
    }

    internal static bool IsCancelled(CancellationToken token) => token.IsCancellationRequested;

    internal static bool IsAnyCancelled((int Number, CancellationToken Token) pair) => pair.Token.IsCancellationRequested;

    internal static async Task<int> SquareAsync(int number)
    {
        await Task.Yield();
        return number * number;
    }

    internal static string Join(params object?[] parts) => string.Join(",", parts.Select(static part => Convert.ToString(part, CultureInfo.InvariantCulture)));

    /// <summary>Writes a line, with others at the same time.</summary>
    internal static void Note(string file, string line)
    {
        while (!TryNote(file, line))
            Thread.Sleep(1);
    }

    /// <summary>Alone: the framework appends where the end was when it opened the file.</summary>
    private static bool TryNote(string file, string line)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.None);
            stream.Write([.. System.Text.Encoding.UTF8.GetBytes(line), (byte)'\n']);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    internal static async Task NoteAsync(string file, string line)
    {
        await Task.Yield();
        Note(file, line);
    }

    /// <summary>Who runs this.</summary>
    internal static string Worker() => $"{Environment.ProcessId}:{Thread.CurrentThread.Name}";

    internal static string WorkerOf(int item) => $"{Worker()}";

    internal static string SlowWorker()
    {
        Thread.Sleep(1);
        return Worker();
    }

    internal static int ThrowDeep(string message)
    {
        Middle(message);
        return 0;

        static void Middle(string message) => throw new InvalidOperationException(message);
    }

    internal static async Task<int> ThrowLaterAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    internal static int ThrowCancelled() => throw new OperationCanceledException("nobody cancelled");

    internal static int SquareUnless(int number, int bad) => number == bad ? throw new InvalidOperationException($"item {number}") : number * number;

    /// <summary>Ends when the token is triggered, with the token's exception.</summary>
    internal static async Task GiveWayAsync(string startedFile, CancellationToken token)
    {
        Note(startedFile, "started");
        await Task.Delay(Timeout.Infinite, token);
    }

    /// <summary>Ends when the token is triggered, with the token's exception.</summary>
    internal static Task WaitToBeAskedAsync(CancellationToken token) => Task.Delay(Timeout.Infinite, token);

    /// <summary>Ends when the token is triggered, as if nothing had happened.</summary>
    internal static int ReturnWhenAsked(CancellationToken token)
    {
        token.WaitHandle.WaitOne();
        return 1;
    }

    /// <summary>When it was run, by a clock that all processes share.</summary>
    internal static (long Begun, long Ended) Span(int milliseconds)
    {
        long begun = Stopwatch.GetTimestamp();
        Thread.Sleep(milliseconds);
        return (begun, Stopwatch.GetTimestamp());
    }

    /// <summary>Ends when the other has begun as well.</summary>
    internal static bool Meet(string mine, string other)
    {
        File.WriteAllText(mine, "");
        var clock = Stopwatch.StartNew();
        while (!File.Exists(other))
        {
            if (clock.Elapsed > Until.Limit)
                return false;
            Thread.Sleep(1);
        }
        return true;
    }

    internal static int Spin(int microseconds)
    {
        long begun = Stopwatch.GetTimestamp();
        int turns = 0;
        while (Stopwatch.GetElapsedTime(begun).TotalMicroseconds < microseconds)
            turns++;
        return turns;
    }
}
