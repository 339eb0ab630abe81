using System.Diagnostics;
using Multitasking;

/// <summary>Pools whose two workers have worked before, each made when it is first asked for.</summary>
internal static class Warm
{
    private const int RoundTrips = 5_000, Singles = 50_000, Burst = 10_000, Answers = 100, Million = 1_000_000;
    private const int BigArguments = 4, BigSize = 64 << 20;

    private static readonly Lazy<ProcessPool> s_pool = new(static () => new ProcessPool(workers: 2));
    private static readonly Lazy<ProcessPool> s_singles = new(static () => new ProcessPool(new PoolOptions { Workers = 2, ChunkSize = 1 }));
    private static readonly Lazy<DedicatedThreadPool> s_threads = new(static () => new DedicatedThreadPool(workers: 2));
    private static readonly Lazy<int[]> s_numbers = new(static () => [.. Enumerable.Range(0, Million)]);
    private static readonly Lazy<byte[]> s_big = new(static () => new byte[BigSize]);

    /// <summary>Call and answer, one at a time: median, mean and 99th percentile, microseconds.</summary>
    internal static Task<double[]> RoundTripAsync() => RoundTripAsync(s_pool.Value, Square, static square => square);

    /// <summary>The same through threads of this process.</summary>
    internal static Task<double[]> ThreadsAsync() => RoundTripAsync(s_threads.Value, Square, static square => square);

    /// <summary>The same with a small record that comes back.</summary>
    internal static Task<double[]> RecordAsync() =>
        RoundTripAsync(s_pool.Value, static number => new Answer(number, "square", Square(number)), static answer => answer.Square);

    /// <summary>The same with a list of a hundred records.</summary>
    internal static Task<double[]> ListAsync() => RoundTripAsync(s_pool.Value, ManyAnswers, static answers => answers[^1].Square);

    /// <summary>A map that sends every item by itself: microseconds an item.</summary>
    internal static async Task<double[]> MapSingleAsync()
    {
        int[] numbers = s_numbers.Value[..Singles];
        long begin = Stopwatch.GetTimestamp();
        int[] squares = await s_singles.Value.MapAsync(numbers, Square);
        return [Checked(Microseconds(begin) / Singles, squares[^1], Square(Singles - 1))];
    }

    /// <summary>Many calls begun before the first is awaited: microseconds a call.</summary>
    internal static async Task<double[]> BurstAsync()
    {
        var calls = new Task<int>[Burst];
        var pool = s_pool.Value;
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls.Length; i++)
            calls[i] = pool.RunAsync(Square, i);
        int[] squares = await Task.WhenAll(calls);
        return [Checked(Microseconds(begin) / Burst, squares[^1], Square(Burst - 1))];
    }

    /// <summary>A map as it is without options: microseconds an item.</summary>
    internal static async Task<double[]> MapMillionAsync()
    {
        int[] numbers = s_numbers.Value;
        long begin = Stopwatch.GetTimestamp();
        int[] squares = await s_pool.Value.MapAsync(numbers, Square);
        return [Checked(Microseconds(begin) / Million, squares[^1], Square(Million - 1))];
    }

    /// <summary>A large array as argument: GB a second.</summary>
    internal static async Task<double[]> ArgumentAsync()
    {
        byte[] big = s_big.Value;
        int length = 0;
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < BigArguments; i++)
            length = await s_pool.Value.RunAsync(static bytes => bytes.Length, big);
        return [Checked((double)BigArguments * BigSize / 1000 / Microseconds(begin), length, BigSize)];
    }

    private static async Task<double[]> RoundTripAsync<T>(WorkerPool pool, Func<int, T> target, Func<T, int> squareOf)
    {
        double[] took = new double[RoundTrips];
        int last = 0;
        for (int i = 0; i < took.Length; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            T answer = await pool.RunAsync(target, i);
            took[i] = Microseconds(begin);
            last = squareOf(answer);
        }
        double mean = took.Average();
        Array.Sort(took);
        return [Checked(took[took.Length / 2], last, Square(RoundTrips - 1)), mean, took[took.Length * 99 / 100]];
    }

    private static List<Answer> ManyAnswers(int number)
    {
        var answers = new List<Answer>(Answers);
        while (answers.Count < Answers)
            answers.Add(new Answer(number, "square", Square(number)));
        return answers;
    }

    private static int Square(int number) => unchecked(number * number);

    private static double Microseconds(long begin) => Stopwatch.GetElapsedTime(begin).TotalMicroseconds;

    /// <summary>A figure counts only with the right answer.</summary>
    private static double Checked(double figure, int answer, int expected) =>
        answer == expected ? figure : throw new InvalidOperationException($"{answer} came back where {expected} is right.");

    private sealed record Answer(int Number, string Name, int Square);
}
