using System.Diagnostics;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>The descriptors that one thread waits for, and what has occurred at each.</summary>
/// <remarks>
/// <c>poll</c> fails for want of memory, and for more descriptors than the process' limit allows, which can be lowered while it runs
/// (poll(2), ERRORS). Then the table is awake every few milliseconds and tells that everything waited for has occurred: its user has
/// to look for itself, without blocking.
/// </remarks>
internal sealed unsafe class PollTable
{
    private const int PauseMilliseconds = 10;

    private PollDescriptor[] _entries = new PollDescriptor[16];
    private int _count;

    internal void Clear() => _count = 0;

    /// <param name="descriptor">A negative one is passed over.</param>
    /// <param name="events">What to wait for, beside the end of the other side.</param>
    /// <returns>Its place in the table.</returns>
    internal int Add(int descriptor, short events)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, 2 * _count);
        _entries[_count] = new PollDescriptor { Descriptor = descriptor, Events = events };
        return _count++;
    }

    internal short Occurred(int place)
    {
        Debug.Assert(place < _count);
        return _entries[place].Occurred;
    }

    /// <summary>Waits until something occurs or the time is up; now and then it is up too early.</summary>
    /// <param name="milliseconds">How long at most; negative for as long as it takes.</param>
    internal void Wait(int milliseconds)
    {
        fixed (PollDescriptor* entries = _entries)
            if (LibC.Poll(entries, (nuint)_count, milliseconds) >= 0)
                return;
        bool wasDisturbed = SystemError.Last == EINTR;
        if (!wasDisturbed && milliseconds != 0)
            Thread.Sleep(milliseconds < 0 ? PauseMilliseconds : Math.Min(milliseconds, PauseMilliseconds));
        foreach (ref var entry in _entries.AsSpan(0, _count))
            entry.Occurred = wasDisturbed || entry.Descriptor < 0 ? (short)0 : entry.Events;
    }
}
