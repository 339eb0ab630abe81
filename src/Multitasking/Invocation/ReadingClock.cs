using System.Diagnostics;
using Multitasking.Interop;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Ends the reading of a message that takes far longer than its bytes can ask for: keys that were made to collide cost the square of their
/// number. Processor time counts, so that a machine under load does not fail honest messages.
/// </summary>
/// <remarks>
/// Each figure is ten times, or more, what the slowest honest shape took when sixty of them were measured (Release, x64): an empty
/// concurrent queue, which is two bytes and takes 1 µs to make; an item of an immutable dictionary, 0.3 µs; and some 150 ms for the first
/// message of a process, whose code is compiled meanwhile. A comparer of the user's own may look at every byte of a key, so what is filled
/// has an allowance by bytes too.
/// </remarks>
internal struct ReadingClock
{
    private const long Base = 2_000_000_000, PerByte = 5_000;

    private const long FillingBase = 1_000_000_000, FillingPerItem = 4_000, FillingPerByte = 100;

    // Looking costs some 300 ns.
    internal const int ItemsBetweenLooks = 128;

    private int _untilLook;
    private int _length;
    private long _end;
    private long _deadline;
    private bool _isFilling;
    private long _fillingSince;
    private long _filling;
    private long _filled;

    /// <summary>Begins a message.</summary>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="deadline">When it has to be read at the latest, in <see cref="Stopwatch"/> ticks.</param>
    /// <param name="isTrusted">Whether it may take as long as it likes.</param>
    internal void Begin(int length, long deadline, bool isTrusted) =>
        this = new ReadingClock { _untilLook = isTrusted ? int.MaxValue : ItemsBetweenLooks, _length = isTrusted ? -1 : length, _deadline = deadline };

    /// <summary>Counts things whose reading takes a time that does not grow with the message.</summary>
    /// <exception cref="InvalidDataException">The time is over.</exception>
    internal void Tick(int things)
    {
        _untilLook -= things;
        if (_untilLook < 0)
            Look();
    }

    /// <summary>
    /// So many items are about to be put into a table, whose time has a bound of its own: it is the one that colliding keys use up.
    /// </summary>
    internal void BeginFilling(int items)
    {
        _isFilling = true;
        _filled += items;
    }

    internal void EndFilling()
    {
        if (_fillingSince != 0)
            _filling += ThreadTime.Nanoseconds - _fillingSince;
        _fillingSince = 0;
        _isFilling = false;
    }

    private void Look()
    {
        _untilLook = ItemsBetweenLooks;
        if (_length < 0)
            return;
        long now = ThreadTime.Nanoseconds;
        // What came before the first look cannot have taken long.
        if (_end == 0)
            _end = now + Base + (PerByte * _length);
        if (_isFilling && _fillingSince == 0)
            _fillingSince = now;
        bool isOver = now > _end
            || (_isFilling && _filling + now - _fillingSince > FillingBase + (FillingPerItem * _filled) + (FillingPerByte * _length));
        if (isOver)
            throw ByteReader.Malformed($"reading its {_length:N0} bytes took more processor time than any honest message does");
        if (_deadline != long.MaxValue && Stopwatch.GetTimestamp() > _deadline)
            throw ByteReader.Malformed($"reading its {_length:N0} bytes was not over when the time limit of the call passed");
    }
}
