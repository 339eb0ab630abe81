using CsCheck;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

/// <summary>Any sequence of arrivals, departures, deaths and resets of several processes, beside a model that keeps each attempt at a phase as an object.</summary>
public sealed class BarrierModelTests
{
    private const int Slots = 4, Remembered = 8;

    [Fact]
    public void It_does_what_the_model_does() =>
        Gen.Select(Gen.Int[1, 4], Gen.Select(Gen.Int[0, 9], Gen.Int[1, Slots], Gen.Int[0, 1000]).Array[0, 120]).Sample(
            (participants, steps) => Run(participants, steps), iter: 2000, threads: 1);

    [Theory]
    [InlineData(0, 0L)]
    [InlineData(0, -1L)]
    [InlineData(1, -1L)]
    [InlineData(2, -5L)]
    [InlineData(3, 3L)]
    [InlineData(3, 1L << 40)]
    [InlineData(4, 200L)]
    public unsafe void An_impossible_state_is_refused(int word, long value)
    {
        using var memory = new StateMemory();
        var barrier = new BarrierState(memory.Start);
        barrier.Begin(3);
        memory.Scribble(word, value);

        Assert.Throws<InvalidDataException>(() => barrier.Arrive(1, out _, out _));
        Assert.Throws<InvalidDataException>(() => barrier.OutcomeOf(1));
        Assert.Throws<InvalidDataException>(barrier.Reset);
    }

    [Fact]
    public unsafe void A_wrong_count_is_found_before_a_sleep()
    {
        using var memory = new StateMemory();
        var barrier = new BarrierState(memory.Start);
        barrier.Begin(3);
        barrier.Arrive(1, out _, out _);
        barrier.Audit();
        memory.Scribble(3, 0);

        Assert.Throws<InvalidDataException>(barrier.Audit);
    }

    private static unsafe void Run(int participants, (int Action, int Slot, int Choice)[] steps)
    {
        using var memory = new StateMemory();
        var barrier = new BarrierState(memory.Start);
        barrier.Begin(participants);
        var attempt = new Attempt();
        var waiters = new List<Waiter>();
        var tookPart = new HashSet<int>();
        long phase = 0;
        int failures = 0;

        foreach (var (action, slot, choice) in steps)
        {
            switch (action)
            {
                case <= 3:
                    if (attempt.End is not null)
                    {
                        Assert.Throws<BarrierBrokenException>(() => barrier.Arrive(slot, out _, out _));
                        break;
                    }
                    bool isLast = barrier.Arrive(slot, out long round, out var passage);
                    Assert.Equal(new BarrierPassage(phase, attempt.Arrived.Count, attempt.Arrived.Count + 1 == participants), passage);
                    Assert.Equal(passage.IsLast, isLast);
                    attempt.Arrived.Add(slot);
                    tookPart.Add(slot);
                    waiters.Add(new Waiter(slot, round, attempt, failures));
                    if (isLast)
                    {
                        attempt.End = BarrierOutcome.Passed;
                        attempt = new Attempt();
                        phase++;
                    }
                    break;
                case 4 or 5 when waiters.Count > 0:
                    // Notices how it ended, or gives up.
                    var waiter = waiters[choice % waiters.Count];
                    waiters.Remove(waiter);
                    if (waiter.Attempt.End is null)
                    {
                        barrier.Break(BarrierOutcome.TimeLimit);
                        waiter.Attempt.End = BarrierOutcome.TimeLimit;
                    }
                    break;
                case 6:
                    barrier.Break(BarrierOutcome.Abort);
                    attempt.End ??= BarrierOutcome.Abort;
                    break;
                case 7:
                    barrier.Reset();
                    if (attempt.Arrived.Count > 0 || attempt.End is not null)
                    {
                        attempt.End = BarrierOutcome.Reset;
                        failures++;
                    }
                    attempt = new Attempt();
                    tookPart.Clear();
                    break;
                case 8 or 9:
                    bool isKilled = action == 8;
                    memory.Join(slot, process: 40 + slot, leavesInOrder: !isKilled);
                    barrier.Abandon(slot);
                    // Once more, as after the death of the one who did it.
                    barrier.Abandon(slot);
                    if (isKilled ? tookPart.Contains(slot) : attempt.Arrived.Contains(slot))
                        attempt.End ??= isKilled ? BarrierOutcome.Death : BarrierOutcome.Departure;
                    tookPart.Remove(slot);
                    waiters.RemoveAll(gone => gone.Slot == slot);
                    break;
            }

            Assert.Equal(phase, barrier.Phase);
            Assert.Equal(attempt.End is not null, barrier.IsBroken);
            Assert.Equal(attempt.End is null ? attempt.Arrived.Count : 0, barrier.WaitingCount);
            barrier.Audit();
            foreach (var waiter in waiters)
            {
                var outcome = (BarrierOutcome)(barrier.OutcomeOf(waiter.Round) & 0xff);
                // Who sleeps through many resets is told the worse.
                if (outcome != (waiter.Attempt.End ?? BarrierOutcome.Waits))
                    Assert.True(outcome == BarrierOutcome.Reset && failures - waiter.FailuresBefore >= Remembered);
                Assert.Equal(outcome != BarrierOutcome.Waits, barrier.HasMoved(waiter.Round));
            }
        }
    }

    private sealed class Attempt
    {
        internal List<int> Arrived { get; } = [];

        internal BarrierOutcome? End { get; set; }
    }

    private sealed record Waiter(int Slot, long Round, Attempt Attempt, int FailuresBefore);
}
