using System.Globalization;
using System.Runtime.InteropServices;
using CsCheck;
using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>What channels and locks stand on, in the memory of one process: the journal, the lock, the places to sleep at.</summary>
public sealed class CoreTests : IDisposable
{
    private const int Stranger = 200;

    private readonly SegmentLease _lease = SharedSegment.Create("multitasking-test", SegmentLayout.Size, SegmentLayout.Size, 0, static segment => new Core(segment));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Span<byte> Memory
    {
        get
        {
            unsafe
            {
                return new(_lease.Segment.Start, SegmentLayout.Size);
            }
        }
    }

    private Journal Journal
    {
        get
        {
            unsafe
            {
                return new(_lease.Segment.Start);
            }
        }
    }

    private int LockWord
    {
        get => Number(SegmentLayout.StateLock);
        set => Number(SegmentLayout.StateLock) = value;
    }

    private Membership Membership => _lease.Segment.Core<Core>().Membership;

    public void Dispose() => _lease.Dispose();

    [Fact]
    public void Journal_of_a_dead_writer_is_written_whole_or_not_at_all() =>
        Gen.Select(Gen.Select(Gen.Int[0, 380], Gen.Long).Array[0, SegmentLayout.MostJournalEntries], Gen.Int[0, 16], Gen.Bool).Sample((changes, written, isValid) =>
        {
            var state = MemoryMarshal.Cast<byte, long>(Memory[SegmentLayout.State..]);
            state.Clear();
            var journal = Journal;
            foreach (var (place, value) in changes)
                journal.Set(SegmentLayout.State + (8 * place), value);
            if (isValid)
            {
                // Killed behind the store that makes it valid, with some of it done.
                Number(SegmentLayout.Journal) = changes.Length;
                foreach (var (place, value) in changes.Take(written))
                    state[place] = value;
            }
            Journal.Replay();
            long[] expected = new long[384];
            if (isValid)
                foreach (var (place, value) in changes)
                    expected[place] = value;
            Assert.Equal(expected, state.ToArray());
            state.Fill(1);
            Journal.Replay();
            Assert.False(state.ContainsAnyExcept(1L));
        }, iter: 500, threads: 1);

    [Theory]
    [InlineData(17, SegmentLayout.State)]
    [InlineData(-1, SegmentLayout.State)]
    [InlineData(1, 0)]
    [InlineData(1, SegmentLayout.State + 1)]
    [InlineData(1, SegmentLayout.Size - 4)]
    [InlineData(1, 1L << 40)]
    public void Scribbled_journal_is_an_exception(int count, long offset)
    {
        MemoryMarshal.Write(Memory[(SegmentLayout.Journal + 8)..], offset);
        Number(SegmentLayout.Journal) = count;
        Assert.Throws<InvalidDataException>(() => Journal.Replay());
        Number(SegmentLayout.Journal) = 0;
    }

    [Fact]
    public async Task Lock_lets_one_in_at_a_time()
    {
        int count = 0;
        var membership = Membership;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Beside(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                membership.StateLock.Enter();
                count++;
                membership.StateLock.Exit();
            }
        }))).WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(80_000, count);
        Assert.Equal(0, LockWord);
    }

    [Theory]
    [InlineData(Stranger)]
    [InlineData(Stranger | 0x100)]
    [InlineData(0x100)]
    [InlineData(-1)]
    [InlineData(0x01010101)]
    [InlineData(1 << 20)]
    public async Task Lock_of_nobody_is_an_exception(int word)
    {
        LockWord = word;
        var membership = Membership;
        await Assert.ThrowsAsync<InvalidDataException>(() => Beside(membership.StateLock.Enter).WaitAsync(Until.Limit, Cancelled));
        LockWord = 0;
    }

    [Fact]
    public async Task Lock_that_is_taken_from_its_owner_goes_to_the_next()
    {
        LockWord = Stranger;
        var membership = Membership;
        var entering = Beside(membership.StateLock.Enter);
        await Until.TrueAsync(HasWaiters);
        membership.StateLock.TakeFrom(Stranger);
        await entering.WaitAsync(Until.Limit, Cancelled);
        membership.StateLock.Exit();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public async Task Sleeper_is_woken_where_the_sequence_wraps(int sequence)
    {
        var place = Membership.Point(1);
        Number(SegmentLayout.WaitPoints + SegmentLayout.WaitPointSize) = sequence;
        var sleeping = Beside(() =>
        {
            int generation = place.CountIn();
            place.Sleep(sequence, Timeout.InfiniteTimeSpan);
            place.CountOut(generation);
        });
        await Until.TrueAsync(() => place.HasSleepers);
        place.Wake(1);
        await sleeping.WaitAsync(Until.Limit, Cancelled);
        Assert.False(place.HasSleepers);
        Assert.Equal(unchecked(sequence + 1), place.Sequence);
    }

    [Fact]
    public void Sleepers_of_an_older_count_are_not_counted_out_of_a_newer_one()
    {
        var place = Membership.Point(1);
        Number(SegmentLayout.WaitPoints + SegmentLayout.WaitPointSize + 4) = unchecked((int)0xfffe0000);
        for (int i = 0; i < 4; i++)
        {
            int dead = place.CountIn();
            place.Reset();
            Assert.False(place.HasSleepers);
            int next = place.CountIn();
            place.CountOut(dead);
            Assert.True(place.HasSleepers);
            place.CountOut(next);
            place.CountOut(next);
            Assert.False(place.HasSleepers);
        }
    }

    [Fact]
    public async Task Member_whose_number_is_a_threads_by_now_is_dead()
    {
        // The number of a thread of this process, and a start that no process had.
        int thread = Directory.GetDirectories("/proc/self/task").Select(static folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)).First(static id => id != Environment.ProcessId);
        MemoryMarshal.Write(Memory[(Stranger * SegmentLayout.SlotSize)..], (1L << 22) | (long)(uint)thread);
        LockWord = Stranger;
        var membership = Membership;
        await Beside(() =>
        {
            membership.StateLock.Enter();
            membership.StateLock.Exit();
        }).WaitAsync(Until.Limit, Cancelled);
        Assert.False(membership.IsMember(Stranger));
    }

    private static Task Beside(Action blocking) => Task.Factory.StartNew(blocking, Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private ref int Number(int offset) => ref MemoryMarshal.AsRef<int>(Memory[offset..]);

    private bool HasWaiters() => LockWord != Stranger;

    private sealed class Core : IShared, IRepairable
    {
        internal Core(SharedSegment segment) => Membership = new Membership(segment, this, 99, 2);

        public Membership Membership { get; }

        void IRepairable.Unlock(int slot)
        {
        }

        void IRepairable.Abandon(int slot)
        {
        }
    }
}
