using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using Multitasking.Synchronization;

namespace Multitasking.Soak.Soaks;

/// <summary>Kills processes at random moments that share a reader-writer lock, a countdown and a barrier: nothing stays held, no part is lost or signalled twice, nobody waits for long.</summary>
internal static class MeetingSoak
{
    private const int Parts = 1_000_000_000;

    internal static async Task RunAsync(Settings settings)
    {
        int kills = settings["kills"], left = kills;
        long start = Stopwatch.GetTimestamp();
        string file = Path.GetTempFileName();
        var waits = new List<double>();
        try
        {
            await File.WriteAllBytesAsync(file, new byte[16]);
            using var gate = new ProcessReaderWriterLock();
            using var parts = new ProcessCountdown(Parts);
            using var barrier = new ProcessBarrier(2);
            await Task.WhenAll(Enumerable.Range(0, settings["workers"]).Select(async lane =>
            {
                var random = new Random(lane);
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    var child = new ChildProcess(Churn, args: [gate, parts, barrier, file, lane]);
                    child.Start();
                    await Task.Delay(random.Next(20, 120));
                    child.Kill();
                    await child.JoinAsync();
                    Measures.Require(child.ExitCode == -9, $"a child ended by itself: {child.Exception}");
                    long asked = Stopwatch.GetTimestamp();
                    (await gate.EnterWriteAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
                    lock (waits)
                        waits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                }
            }));
            await Measures.RequireSoonAsync(() => gate.CurrentReadCount == 0 && !gate.IsWriteHeld, () => $"{gate.CurrentReadCount} readers are left");
            await Measures.RequireSoonAsync(() => TrySignalRest(parts), () => $"{parts.CurrentCount} parts are left, and some are nobody's");
            barrier.Reset();
            Measures.Require(barrier.WaitingCount == 0 && !barrier.IsBroken, "the barrier does not work any more");
            Measures.Say($"{kills} kills in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, {parts.AbandonedCount} of them with a part; phases of the barrier: {barrier.Phase}");
        }
        finally
        {
            File.Delete(file);
        }
        waits.Sort();
        Measures.Say($"to enter to write after a kill, among {settings["workers"]} workers: median {waits[waits.Count / 2]:0.00} ms, 99 of 100 {waits[waits.Count * 99 / 100]:0.00} ms, longest {waits[^1]:0.00} ms");
        Measures.Require(Measures.Children.Count == 0, "a worker is left");
    }

    private static bool TrySignalRest(ProcessCountdown parts)
    {
        try
        {
            return parts.Signal(parts.CurrentCount);
        }
        catch (InvalidOperationException)
        {
            // A part of a process whose death is not known yet.
            return false;
        }
    }

    private static void Churn(ProcessReaderWriterLock gate, ProcessCountdown parts, ProcessBarrier barrier, string file, int lane)
    {
        var random = new Random(lane);
        using var pair = MemoryMappedFile.CreateFromFile(file);
        using var view = pair.CreateViewAccessor();
        while (true)
            switch (random.Next(100))
            {
                case < 20:
                    Write(gate, view);
                    break;
                case < 40:
                    using (parts.Take())
                        Measures.Spin(20);
                    break;
                case 40:
                    // Seldom: most of the time is spent waiting there.
                    Meet(barrier);
                    break;
                default:
                    using (var hold = gate.EnterRead())
                        if (!hold.OwnerDied && view.ReadInt64(0) != view.ReadInt64(8))
                            throw new InvalidOperationException("Read while somebody wrote.");
                    break;
            }
    }

    private static void Write(ProcessReaderWriterLock gate, MemoryMappedViewAccessor view)
    {
        using var hold = gate.EnterWrite();
        long first = view.ReadInt64(0);
        if (!hold.OwnerDied && first != view.ReadInt64(8))
            throw new InvalidOperationException("Two wrote at once.");
        view.Write(0, first + 1);
        view.Write(8, first + 1);
    }

    private static void Meet(ProcessBarrier barrier)
    {
        try
        {
            barrier.TrySignalAndWait(TimeSpan.FromMilliseconds(5), out _);
        }
        catch (BarrierBrokenException)
        {
            barrier.Reset();
        }
    }
}
