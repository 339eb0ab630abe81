using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

public sealed class SemaphoreTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void As_many_enter_as_there_are_permits()
    {
        using var semaphore = new ProcessSemaphore(2, 3);
        var first = semaphore.Enter();
        var second = semaphore.Enter();
        Assert.Equal(0, semaphore.CurrentCount);
        Assert.False(semaphore.TryEnter(TimeSpan.Zero, out var third));
        Assert.Null(third);
        first.Dispose();
        first.Dispose();
        Assert.Equal(1, semaphore.CurrentCount);
        second.Dispose();
        Assert.Equal(2, semaphore.CurrentCount);
    }

    [Fact]
    public void Release_tells_how_many_were_free()
    {
        using var semaphore = new ProcessSemaphore(0, 5);
        Assert.Equal(0, semaphore.Release());
        Assert.Equal(1, semaphore.Release(4));
        Assert.Equal(5, semaphore.CurrentCount);
    }

    [Fact]
    public void Release_beyond_the_maximum_is_refused_and_adds_nothing()
    {
        using var semaphore = new ProcessSemaphore(1, 3);
        Assert.Throws<SemaphoreFullException>(() => semaphore.Release(3));
        Assert.Throws<SemaphoreFullException>(() => semaphore.Release(int.MaxValue));
        Assert.Equal(1, semaphore.CurrentCount);
        using var hold = semaphore.Enter();
        var exception = Assert.Throws<SemaphoreFullException>(() => semaphore.Release(3));
        Assert.Contains("disposed", exception.Message, StringComparison.Ordinal);
        semaphore.Release(2);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, 1)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    public void Bad_counts_are_refused(int initial, int maximum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessSemaphore(initial, maximum));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Releasing_none_is_refused(int count)
    {
        using var semaphore = new ProcessSemaphore(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => semaphore.Release(count));
    }

    [Fact]
    public async Task Release_of_several_lets_as_many_through()
    {
        using var semaphore = new ProcessSemaphore(0);
        int through = 0;
        var threads = Crew.Start(3, _ =>
        {
            semaphore.Wait();
            Interlocked.Increment(ref through);
        });
        var tasks = Enumerable.Range(0, 3).Select(async _ =>
        {
            await semaphore.WaitAsync();
            Interlocked.Increment(ref through);
        }).ToArray();
        semaphore.Release(4);
        await Until.TrueAsync(() => Volatile.Read(ref through) == 4);
        await Crew.AssertWaitsAsync(Task.WhenAll(tasks.Append(threads)));
        Assert.Equal(4, Volatile.Read(ref through));
        semaphore.Release(2);
        await Task.WhenAll(tasks.Append(threads)).WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(0, semaphore.CurrentCount);
    }

    [Fact]
    public async Task Permits_of_a_dead_process_are_returned_and_those_it_took_for_good_are_not()
    {
        using var semaphore = new ProcessSemaphore(5, 5);
        var core = Cores.Of(semaphore);
        using var puppet = new Puppet(core);
        using var hold = semaphore.Enter();
        semaphore.Wait();
        // As the puppet would: it holds three.
        core.Int(SegmentLayout.State) -= 3;
        core.Int(SegmentLayout.State + 16) += 3;
        core.Int(SegmentLayout.State + 64 + (8 * puppet.Slot)) = 3;
        var waiting = semaphore.EnterAsync().AsTask();
        await Crew.AssertWaitsAsync(waiting);
        puppet.Kill();
        (await waiting.WaitAsync(Until.Limit, Cancelled)).Dispose();
        Assert.Equal(3, semaphore.CurrentCount);
        Assert.Throws<SemaphoreFullException>(() => semaphore.Release(2));
        semaphore.Release(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Kill_in_the_middle_of_taking_a_permit_loses_none(int done)
    {
        using var semaphore = new ProcessSemaphore(5, 5);
        var core = Cores.Of(semaphore);
        using (var puppet = new Puppet(core))
            Tear(core, puppet.Slot, noted: done > 0, done);
        // Whether the dead one got it or not: it is returned.
        Assert.True(semaphore.TryEnter(Until.Limit, out var hold));
        hold.Dispose();
        Assert.Equal(5, semaphore.CurrentCount);
    }

    [Fact]
    public void Mark_of_one_who_is_gone_holds_nobody_up_for_long()
    {
        using var semaphore = new ProcessSemaphore(1);
        Cores.Of(semaphore).Word(24) = 1;
        semaphore.Enter().Dispose();
        Assert.Equal(0, Cores.Of(semaphore).Word(24));
    }

    [Theory]
    [InlineData(-7)]
    [InlineData(77)]
    public async Task Count_that_cannot_be_ends_in_an_exception(int count)
    {
        using var semaphore = new ProcessSemaphore(1, 5);
        Cores.Of(semaphore).Long(SegmentLayout.State) = count;
        Assert.Throws<InvalidDataException>(() => semaphore.Enter());
        Assert.Throws<InvalidDataException>(() => semaphore.Release());
        await Assert.ThrowsAsync<InvalidDataException>(() => semaphore.WaitAsync().AsTask());
    }

    /// <summary>What a process leaves that is killed while it takes a permit: the state lock, a journal that is valid or not, and some of its entries done.</summary>
    private static unsafe void Tear(SemaphoreCore core, int slot, bool noted, int done)
    {
        byte* start = core.Membership.Start;
        *(int*)(start + SegmentLayout.StateLock) = slot;
        (int Offset, long Value)[] entries = [(SegmentLayout.State, 4), (SegmentLayout.State + 64 + (8 * slot), 1), (SegmentLayout.State + 16, 1)];
        for (int i = 0; i < entries.Length; i++)
        {
            ((long*)(start + SegmentLayout.Journal + 8))[2 * i] = entries[i].Offset;
            ((long*)(start + SegmentLayout.Journal + 8))[(2 * i) + 1] = entries[i].Value;
            if (i < done - 1)
                *(long*)(start + entries[i].Offset) = entries[i].Value;
        }
        *(int*)(start + SegmentLayout.Journal) = noted ? entries.Length : 0;
    }
}
