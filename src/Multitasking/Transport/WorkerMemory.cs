namespace Multitasking.Transport;

/// <summary>
/// What a pool and one of its workers share: a ring of tasks down, a ring of answers up, and a word for each task under way. Nobody else
/// maps it, and no lock stands in it: each word has one writer, or is changed by compare-and-swap, so that either side may die at any
/// instruction.
/// </summary>
internal static unsafe class WorkerMemory
{
    /// <summary>How many tasks a worker can be given before it has answered the first.</summary>
    internal const int SlotCount = 256;

    /// <summary>Bytes in each ring; a power of two.</summary>
    internal const int RingSize = 256 << 10;

    internal const long Size = ControlSize + (2L * RingSize);

    private const int ControlSize = 4096;
    private const int AnswersControl = Ring.ControlSize;
    private const int Slots = 2 * Ring.ControlSize;
    private const int StartedAtOffset = Slots + (SlotCount * sizeof(long));
    private const int SpinOffset = StartedAtOffset + 64;
    private const int CancellationsOffset = SpinOffset + 64;

    internal static Ring Tasks(byte* start) => new(start, start + ControlSize, RingSize);

    internal static Ring Answers(byte* start) => new(start + AnswersControl, start + ControlSize + RingSize, RingSize);

    /// <summary>
    /// The word of a task: in its lower half the number of the call that is begun next, in its upper half the number that is begun no more.
    /// The worker counts the lower half up, the pool takes calls back by bringing the upper half down, both by compare-and-swap.
    /// </summary>
    internal static long* Slot(byte* start, long task) => (long*)(start + Slots) + (task & (SlotCount - 1));

    /// <summary>
    /// When the worker began its present call, in <see cref="System.Diagnostics.Stopwatch"/> ticks; written where there is a time limit.
    /// </summary>
    internal static long* StartedAt(byte* start) => (long*)(start + StartedAtOffset);

    /// <summary>How long the worker looks for a next task before it sleeps, in microseconds.</summary>
    internal static int* SpinTime(byte* start) => (int*)(start + SpinOffset);

    /// <summary>How many times the pool has asked the worker to cancel tokens of a task.</summary>
    internal static long* Cancellations(byte* start) => (long*)(start + CancellationsOffset);
}
