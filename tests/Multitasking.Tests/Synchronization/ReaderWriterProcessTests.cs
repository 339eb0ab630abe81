using System.IO.MemoryMappedFiles;
using Multitasking.Contracts;
using Multitasking.Synchronization;
using Multitasking.Tests.Support;
using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Synchronization;

[Collection(nameof(Alone))]
public sealed class ReaderWriterProcessTests : WorkerTest
{
    [Fact]
    public async Task Readers_of_other_processes_see_all_of_what_a_writer_wrote_or_nothing()
    {
        string file = NewPair();
        using var @lock = new ProcessReaderWriterLock();
        var children = Enumerable.Range(0, 4).Select(i => InChild.RunAsync(() => i < 2 ? WriteMany(@lock, file, 2000) : ReadMany(@lock, file, 2000))).ToArray();

        Assert.Equal(4 * 2000, (await Task.WhenAll(children).WaitAsync(Until.Limit, Cancelled)).Sum());
        Assert.Equal((0, false), (@lock.CurrentReadCount, @lock.IsWriteHeld));
    }

    [Fact]
    public async Task A_writer_that_is_killed_lets_the_next_in_and_all_are_told_up_to_a_writer()
    {
        var reports = new Reports<string>();
        using var @lock = new ProcessReaderWriterLock();
        var child = new ChildProcess(WriteAndSleep, args: [@lock, reports]);
        child.Start();
        await reports.UntilAsync("in");
        var reading = @lock.EnterReadAsync(Cancelled).AsTask();
        child.Kill();

        using (var read = await reading.WaitAsync(Until.Limit, Cancelled))
            Assert.True(read.OwnerDied);
        using (var write = @lock.EnterWrite(Cancelled))
            Assert.True(write.OwnerDied);
        using (var write = @lock.EnterWrite(Cancelled))
            Assert.False(write.OwnerDied);
        await child.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task A_writer_that_is_killed_lets_in_who_does_not_wait()
    {
        var reports = new Reports<string>();
        using var @lock = new ProcessReaderWriterLock();
        var child = new ChildProcess(WriteAndSleep, args: [@lock, reports]);
        child.Start();
        await reports.UntilAsync("in");
        child.Kill();

        await Until.TrueAsync(() => TryRead(@lock));
        await child.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task A_reader_that_is_killed_lets_the_writer_in()
    {
        var reports = new Reports<string>();
        using var @lock = new ProcessReaderWriterLock();
        var child = new ChildProcess(ReadAndSleep, args: [@lock, reports]);
        child.Start();
        await reports.UntilAsync("in");
        var writing = Bunch.Start(() => @lock.EnterWrite(Cancelled));
        child.Kill();

        using var write = await writing.WaitAsync(Until.Limit, Cancelled);
        Assert.False(write.OwnerDied);
        await child.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task A_writer_that_is_killed_while_it_waits_holds_no_reader_up()
    {
        var reports = new Reports<string>();
        using var @lock = new ProcessReaderWriterLock();
        using var read = await @lock.EnterReadAsync(Cancelled);
        var child = new ChildProcess(WriteAndSleep, args: [@lock, reports]);
        child.Start();
        await Until.TrueAsync(() => !TryRead(@lock));
        var reading = @lock.EnterReadAsync(Cancelled).AsTask();
        child.Kill();

        (await reading.WaitAsync(Until.Limit, Cancelled)).Dispose();
        await child.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task Readers_that_are_killed_when_it_is_their_turn_hold_no_writer_up()
    {
        var reports = new Reports<string>();
        using var @lock = new ProcessReaderWriterLock();
        var write = await @lock.EnterWriteAsync(Cancelled);
        var child = new ChildProcess(ReadAndSleep, args: [@lock, reports]);
        child.Start();
        var writing = @lock.EnterWriteAsync(Cancelled).AsTask();
        child.Kill();
        write.Dispose();

        (await writing.WaitAsync(Until.Limit, Cancelled)).Dispose();
        await child.JoinAsync(Cancelled);
    }

    [Fact]
    public async Task Kills_at_random_moments_leave_nothing_held_and_nobody_waiting()
    {
        string file = NewPair();
        using var @lock = new ProcessReaderWriterLock();
        var random = new Random(6);
        using var stop = new CancellationTokenSource();
        // Somebody of this process is in it or waits all the time.
        var own = Bunch.RunAsync(2, i => Churn(@lock, file, i, stop.Token));
        for (int round = 0; round < Rounds.Of(10, least: 3); round++)
        {
            var reports = new Reports<string>();
            var children = Enumerable.Range(0, 2).Select(i => new ChildProcess(ChurnForEver, args: [@lock, file, i, reports])).ToArray();
            foreach (var child in children)
                child.Start();
            await reports.UntilAsync("0");
            await reports.UntilAsync("1");
            Thread.SpinWait(random.Next(100_000));
            foreach (var child in children)
                child.Kill();
            foreach (var child in children)
                await child.JoinAsync(Cancelled);
            // Also while others use it.
            (await @lock.EnterWriteAsync(Cancelled).AsTask().WaitAsync(Until.Limit, Cancelled)).Dispose();
        }
        await stop.CancelAsync();
        await own;

        await Until.TrueAsync(() => @lock.CurrentReadCount == 0 && !@lock.IsWriteHeld);
        using var write = @lock.EnterWrite(Cancelled);
    }

    private string NewPair()
    {
        string file = FileNamed("pair");
        File.WriteAllBytes(file, new byte[16]);
        return file;
    }

    private static int WriteMany(ProcessReaderWriterLock @lock, string file, int count)
    {
        using var pair = MemoryMappedFile.CreateFromFile(file);
        using var view = pair.CreateViewAccessor();
        for (int i = 0; i < count; i++)
            Write(@lock, view);
        return count;
    }

    private static int ReadMany(ProcessReaderWriterLock @lock, string file, int count)
    {
        using var pair = MemoryMappedFile.CreateFromFile(file);
        using var view = pair.CreateViewAccessor();
        for (int i = 0; i < count; i++)
            Read(@lock, view);
        return count;
    }

    private static void Write(ProcessReaderWriterLock @lock, MemoryMappedViewAccessor view)
    {
        using var hold = @lock.EnterWrite();
        if (hold.OwnerDied)
            view.Write(8, view.ReadInt64(0));
        long first = view.ReadInt64(0);
        if (first != view.ReadInt64(8))
            throw new InvalidOperationException("Two wrote at once.");
        view.Write(0, first + 1);
        view.Write(8, first + 1);
    }

    private static void Read(ProcessReaderWriterLock @lock, MemoryMappedViewAccessor view)
    {
        using var hold = @lock.EnterRead();
        if (!hold.OwnerDied && view.ReadInt64(0) != view.ReadInt64(8))
            throw new InvalidOperationException("Read while somebody wrote.");
    }

    private static void Churn(ProcessReaderWriterLock @lock, string file, int kind, CancellationToken stop)
    {
        using var pair = MemoryMappedFile.CreateFromFile(file);
        using var view = pair.CreateViewAccessor();
        for (int i = kind; !stop.IsCancellationRequested; i++)
            if (i % 2 == 0)
                Write(@lock, view);
            else
                Read(@lock, view);
    }

    private static void ChurnForEver(ProcessReaderWriterLock @lock, string file, int kind, IProgress<string> progress)
    {
        progress.Report($"{kind}");
        Churn(@lock, file, kind, CancellationToken.None);
    }

    private static void WriteAndSleep(ProcessReaderWriterLock @lock, IProgress<string> progress)
    {
        using var hold = @lock.EnterWrite();
        progress.Report("in");
        Thread.Sleep(Timeout.Infinite);
    }

    private static void ReadAndSleep(ProcessReaderWriterLock @lock, IProgress<string> progress)
    {
        using var hold = @lock.EnterRead();
        progress.Report("in");
        Thread.Sleep(Timeout.Infinite);
    }

    private static bool TryRead(ProcessReaderWriterLock @lock)
    {
        if (!@lock.TryEnterRead(TimeSpan.Zero, out var hold))
            return false;
        hold.Dispose();
        return true;
    }
}
