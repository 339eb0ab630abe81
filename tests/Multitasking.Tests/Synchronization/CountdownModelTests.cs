using CsCheck;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

/// <summary>Any sequence of signals, parts, deaths and resets of several processes, beside a model.</summary>
public sealed class CountdownModelTests
{
    private const int Slots = 4;

    [Fact]
    public void It_does_what_the_model_does() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, Slots], Gen.Int[1, 5]).Array[0, 100].Sample(Run, iter: 2000, threads: 1);

    [Theory]
    [InlineData(1, -1L)]
    [InlineData(1, 1L << 33)]
    [InlineData(2, 4L)]
    [InlineData(2, -1L)]
    [InlineData(4, 0L)]
    public unsafe void An_impossible_state_is_refused(int word, long value)
    {
        using var memory = new StateMemory();
        var countdown = new CountdownState(memory.Start);
        countdown.Reset(3);
        memory.Scribble(word, value);

        Assert.Throws<InvalidDataException>(() => countdown.Signal(1));
        Assert.Throws<InvalidDataException>(() => countdown.Take(1));
        Assert.Throws<InvalidDataException>(() => countdown.TryAdd(1));
        countdown.Abandon(1);
    }

    private static unsafe void Run((int Action, int Slot, int Count)[] steps)
    {
        using var memory = new StateMemory();
        var countdown = new CountdownState(memory.Start);
        countdown.Reset(3);
        int current = 3, abandoned = 0;
        var parts = new List<(int Slot, int Round, long Number)>();
        int round = 0;
        long timesSet = 0;

        foreach (var (action, slot, count) in steps)
        {
            int before = current, taken = parts.Count(part => part.Round == round);
            switch (action)
            {
                case 0 or 1 when count <= current - taken:
                    current -= count;
                    Assert.Equal(current == 0, countdown.Signal(count));
                    break;
                case 0 or 1:
                    Assert.Throws<InvalidOperationException>(() => countdown.Signal(count));
                    break;
                case 2:
                    Assert.Equal(current > 0, countdown.TryAdd(count));
                    current += current > 0 ? count : 0;
                    break;
                case 3 when taken < current:
                    parts.Add((slot, round, countdown.Take(slot)));
                    break;
                case 3:
                    Assert.Throws<InvalidOperationException>(() => countdown.Take(slot));
                    break;
                case 4 when parts.Count > 0:
                    var part = parts[count % parts.Count];
                    parts.Remove(part);
                    current -= part.Round == round ? 1 : 0;
                    Assert.Equal(part.Round == round && current == 0, countdown.SignalPart(part.Slot, part.Number));
                    break;
                case 5:
                    countdown.Abandon(slot);
                    countdown.Abandon(slot);
                    int lost = parts.Count(part => part.Slot == slot && part.Round == round);
                    parts.RemoveAll(part => part.Slot == slot);
                    current -= lost;
                    abandoned += lost;
                    break;
                case 6 when count < 3:
                    countdown.Reset(count - 1);
                    (current, abandoned) = (count - 1, 0);
                    round++;
                    // Set anew, though it may have been set before.
                    if (current == 0)
                        timesSet += before == 0 ? 1 : 0;
                    break;
            }
            timesSet += current == 0 && before > 0 ? 1 : 0;
            Assert.Equal((current, abandoned, timesSet), (countdown.CurrentCount, countdown.AbandonedCount, countdown.TimesSet));
        }
    }
}
