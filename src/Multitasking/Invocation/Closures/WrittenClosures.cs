using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Multitasking.Invocation.Closures;

/// <summary>
/// The closures of one message by their numbers as objects, and what the lambdas that were met so far use of each. A lambda that is met
/// after its closure was written may use more of it: the rest follows.
/// </summary>
internal sealed class WrittenClosures
{
    private readonly Dictionary<int, Entry> _entries = [];
    private readonly Queue<int> _incomplete = new();

    /// <summary>Tells whether the message has any.</summary>
    internal bool Any => _entries.Count > 0;

    internal void Clear()
    {
        _entries.Clear();
        _incomplete.Clear();
    }

    /// <summary>A closure was met, as the object of a lambda or by what one uses.</summary>
    internal void Meet(int number, CapturedUse use)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, number, out bool isKnown);
        var wanted = isKnown ? entry.Wanted!.With(use) : use;
        if (entry.Written is not null && wanted != entry.Wanted)
            _incomplete.Enqueue(number);
        entry.Wanted = wanted;
    }

    /// <summary>Begins to write a closure, or the rest of it.</summary>
    /// <returns>What is wanted of it, and what was written before.</returns>
    internal (CapturedUse Wanted, CapturedUse? Written) Begin(int number)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, number);
        Debug.Assert(entry.Wanted is not null, "Every closure is met before its contents are written.");
        var written = entry.Written;
        entry.Written = entry.Wanted;
        return (entry.Wanted, written);
    }

    /// <summary>Takes one of which more is wanted than was written.</summary>
    internal bool TryTakeIncomplete(out int number)
    {
        while (_incomplete.TryDequeue(out number))
            if (_entries[number] is var entry && entry.Written != entry.Wanted)
                return true;
        return false;
    }

    private struct Entry
    {
        internal CapturedUse? Wanted;
        internal CapturedUse? Written;
    }
}
