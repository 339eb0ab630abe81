using System.Diagnostics;

namespace Multitasking.Soak.Soaks;

/// <summary>One answer, and one argument, of a size that most links choke on; the pool works afterwards.</summary>
internal static class LargeAnswerSoak
{
    internal static async Task RunAsync(Settings settings)
    {
        // An array may have a little less than 2^31 elements.
        long bytes = Math.Min((long)settings["megabytes"] << 20, Array.MaxLength - 64);
        await using (var pool = new ProcessPool(workers: 1))
        {
            await pool.RunAsync(static () => { });
            await AnswerAsync(pool, (int)bytes);
            Measures.Say($"largest resident size so far: {Measures.Resident(Environment.ProcessId)} MB here");
            long start = Stopwatch.GetTimestamp();
            long sum = await pool.RunAsync(static words => words.Sum(), new long[bytes / 16].Select(static (_, i) => (long)i).ToArray());
            Measures.Say($"an argument of {bytes / 2 >> 20} MB: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s with making it");
            Measures.Require(sum == (bytes / 16 * ((bytes / 16) - 1)) / 2, "the argument did not arrive whole");
            Measures.Require(await pool.RunAsync(static x => x + 1, 41) == 42, "the pool does not work any more");
        }
        Measures.Require(Measures.Children.Count == 0, "a worker is left");
        GC.Collect();
        Measures.Say($"{Measures.Resident(Environment.ProcessId)} MB here in the end");
    }

    private static async Task AnswerAsync(ProcessPool pool, int bytes)
    {
        long start = Stopwatch.GetTimestamp();
        byte[] answer = await pool.RunAsync(Make, bytes);
        var time = Stopwatch.GetElapsedTime(start);
        Measures.Say($"an answer of {bytes >> 20} MB: {time.TotalSeconds:0.00} s, {bytes / time.TotalSeconds / 1e9:0.00} GB/s with making it");
        for (int i = 0; i < bytes; i += 4099)
            Measures.Require(answer[i] == (byte)(i * 31), $"byte {i} is wrong");
        Measures.Require(answer.Length == bytes, "the answer is not whole");
    }

    private static byte[] Make(int bytes)
    {
        byte[] answer = new byte[bytes];
        for (int i = 0; i < bytes; i++)
            answer[i] = (byte)(i * 31);
        return answer;
    }
}
