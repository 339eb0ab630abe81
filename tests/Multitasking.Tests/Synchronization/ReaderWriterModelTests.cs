using CsCheck;
using Multitasking.Synchronization;
using Xunit;

namespace Multitasking.Tests.Synchronization;

/// <summary>Any sequence of readers and writers of several processes that enter, wait, give up, leave and die, beside a model of who is where.</summary>
public sealed class ReaderWriterModelTests
{
    private const int Slots = 4;

    [Fact]
    public void It_does_what_the_model_does() =>
        Gen.Select(Gen.Int[0, 13], Gen.Int[1, Slots], Gen.Int[0, 1000]).Array[0, 150].Sample(steps => Run(steps), iter: 2000, threads: 1);

    [Theory]
    [InlineData(0, 256L)]
    [InlineData(0, -1L)]
    [InlineData(1, -1L)]
    [InlineData(2, -1L)]
    [InlineData(3, -1L)]
    [InlineData(4, 2L)]
    [InlineData(5, -3L)]
    public unsafe void An_impossible_state_is_refused(int word, long value)
    {
        using var memory = new StateMemory();
        var state = new ReaderWriterState(memory.Start);
        memory.Scribble(word, value);

        Assert.Throws<InvalidDataException>(() => state.EnterRead(1, queuedIn: null));
        Assert.Throws<InvalidDataException>(() => state.EnterWrite(1, isQueued: false, isStarving: false));
        Assert.Throws<InvalidDataException>(() => state.QueueRead(1));
        Assert.Throws<InvalidDataException>(state.Audit);
    }

    [Fact]
    public unsafe void Readers_that_are_nobodys_are_found_before_a_sleep()
    {
        using var memory = new StateMemory();
        var state = new ReaderWriterState(memory.Start);
        memory.Scribble(1, 3);

        Assert.Throws<InvalidDataException>(state.Audit);
        Assert.Throws<InvalidDataException>(() => state.ExitRead(1));
    }

    private static unsafe void Run((int Action, int Slot, int Choice)[] steps)
    {
        using var memory = new StateMemory();
        var state = new ReaderWriterState(memory.Start);
        var readers = new List<int>();
        var waitingReaders = new List<(int Slot, long Phase)>();
        var waitingWriters = new List<int>();
        int writer = 0, died = 0;
        for (int slot = 1; slot <= Slots; slot++)
            memory.Join(slot, process: 40 + slot, leavesInOrder: false);

        foreach (var (action, slot, choice) in steps)
        {
            bool isTaken = writer != 0;
            switch (action)
            {
                case 0 or 1 when state.ToRead(null) == Permission.Free:
                    Assert.False(isTaken);
                    Assert.Empty(waitingWriters);
                    Assert.Equal(died, state.EnterRead(slot, null));
                    readers.Add(slot);
                    break;
                case 0 or 1:
                    Assert.True(isTaken || waitingWriters.Count > 0);
                    waitingReaders.Add((slot, state.QueueRead(slot)));
                    break;
                case 2 or 3 when state.ToWrite(false) == Permission.Free:
                    Assert.True(!isTaken && readers.Count == 0);
                    Assert.Equal(died, state.EnterWrite(slot, isQueued: false, isStarving: false));
                    (writer, died) = (slot, 0);
                    break;
                case 2 or 3:
                    state.QueueWrite(slot);
                    waitingWriters.Add(slot);
                    if (choice % 3 == 0)
                        state.MarkStarving();
                    break;
                case 4 or 5 or 6 when waitingReaders.Count > 0:
                    var reader = waitingReaders[choice % waitingReaders.Count];
                    // Who is held up gives up, or insists, after a while.
                    bool enters = state.ToRead(reader.Phase) switch { Permission.Free => true, Permission.HeldUp => choice % 2 == 0, _ => false };
                    if (enters)
                    {
                        Assert.False(isTaken);
                        Assert.Equal(died, state.EnterRead(reader.Slot, reader.Phase));
                        readers.Add(reader.Slot);
                    }
                    else if (choice % 5 == 0)
                    {
                        state.UnqueueRead(reader.Slot, reader.Phase);
                    }
                    else
                    {
                        break;
                    }
                    waitingReaders.Remove(reader);
                    break;
                case 7 or 8 when waitingWriters.Count > 0:
                    int waiting = waitingWriters[choice % waitingWriters.Count];
                    if (state.ToWrite(hasSlept: true) is var permission && (permission == Permission.Free || (permission == Permission.HeldUp && choice % 2 == 0)))
                    {
                        Assert.True(!isTaken && readers.Count == 0);
                        Assert.Equal(died, state.EnterWrite(waiting, isQueued: true, isStarving: choice % 3 == 0));
                        (writer, died) = (waiting, 0);
                    }
                    else if (choice % 5 == 0)
                    {
                        state.UnqueueWrite(waiting, isStarving: choice % 3 == 0);
                    }
                    else
                    {
                        break;
                    }
                    waitingWriters.Remove(waiting);
                    break;
                case 9 or 10 or 11 when readers.Count > 0:
                    int leaves = readers[choice % readers.Count];
                    state.ExitRead(leaves);
                    readers.Remove(leaves);
                    break;
                case 9 or 10 or 11 when isTaken:
                    state.ExitWrite(writer);
                    writer = 0;
                    // Readers that wait are next.
                    Assert.Equal(waitingReaders.Count > 0, state.ToWrite(hasSlept: true) == Permission.HeldUp);
                    Assert.All(waitingReaders, waiter => Assert.Equal(Permission.Free, state.ToRead(waiter.Phase)));
                    break;
                case 12:
                    state.Abandon(slot);
                    state.Abandon(slot);
                    if (writer == slot)
                        (writer, died) = (0, 40 + slot);
                    readers.RemoveAll(dead => dead == slot);
                    waitingReaders.RemoveAll(dead => dead.Slot == slot);
                    waitingWriters.RemoveAll(dead => dead == slot);
                    break;
            }

            state.Audit();
            Assert.Equal((writer, readers.Count), (state.WriterSlot, state.CurrentReaderCount));
            if (writer == 0 && readers.Count == 0 && waitingReaders.Count + waitingWriters.Count > 0)
                Assert.True(
                    waitingReaders.Exists(waiter => state.ToRead(waiter.Phase) == Permission.Free) || (waitingWriters.Count > 0 && state.ToWrite(hasSlept: true) == Permission.Free),
                    "Nobody is in the lock, and nobody who waits may enter.");
            Assert.Equal(writer == 0 && readers.Count == 0 && waitingWriters.Count > 0, state.AwaitsWriter);
        }
    }
}
