using System.Diagnostics;
using Multitasking.Interop;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Ends the reading of a message that takes far longer than its bytes can ask for: keys that were made to collide cost the square of their
/// number. Processor time counts, so that a machine under load does not fail honest messages.
/// </summary>
internal struct ReadingClock
{
    /// <summary>How much processor time any message may take: ten times what the first message of a process takes, whose code is compiled meanwhile.</summary>
    internal const long BaseNanoseconds = 2_000_000_000;

    /// <summary>How much each of its bytes adds, in nanoseconds.</summary>
    internal const long NanosecondsPerByte = 5_000;

    // Looking costs some 300 ns.
    private const int ItemsBetweenLooks = 128;

    private int _untilLook;
    private int _length;
    private long _end;
    private long _deadline;

    /// <summary>Begins a message.</summary>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="deadline">When it has to be read at the latest, in <see cref="Stopwatch"/> ticks.</param>
    /// <param name="isTrusted">Whether it may take as long as it likes.</param>
    internal void Begin(int length, long deadline, bool isTrusted)
    {
        _untilLook = isTrusted ? int.MaxValue : ItemsBetweenLooks;
        _length = isTrusted ? -1 : length;
        _end = 0;
        _deadline = deadline;
    }

    /// <summary>Counts an item, whose reading takes a time that does not grow with the message.</summary>
    /// <exception cref="InvalidDataException">The time is over.</exception>
    internal void Tick() => Tick(1);

    /// <exception cref="InvalidDataException">The time is over.</exception>
    internal void Tick(int items)
    {
        _untilLook -= items;
        if (_untilLook < 0)
            Look();
    }

    private void Look()
    {
        _untilLook = ItemsBetweenLooks;
        if (_length < 0)
            return;
        long now = ThreadTime.Nanoseconds;
        // What came before the first look cannot have taken long.
        if (_end == 0)
            _end = now + BaseNanoseconds + (NanosecondsPerByte * _length);
        if (now > _end)
            throw ByteReader.Malformed($"reading its {_length:N0} bytes took more processor time than any honest message does");
        if (_deadline != long.MaxValue && Stopwatch.GetTimestamp() > _deadline)
            throw ByteReader.Malformed($"reading its {_length:N0} bytes was not over when the time limit of the call passed");
    }
}
