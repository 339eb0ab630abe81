using System.Diagnostics;

namespace Multitasking.Invocation;

/// <summary>
/// What one object is rebuilt from, while it is written: all that it leads to has to be there first. Objects that were met before belong to
/// it too, and those that are not written yet are written ahead of their turn.
/// </summary>
internal sealed class WholeGraph(WrittenObjects objects, ReferenceOrder order)
{
    private readonly Stack<int> _met = new();
    private readonly List<int> _ahead = [];
    private int[]? _references;
    private int[] _starts = [];

    /// <summary>The number of the object.</summary>
    internal int Self { get; } = objects.Count - 1;

    /// <summary>Takes note of a reference to an object that has a number already.</summary>
    internal void Meet(int number)
    {
        // Those after it are its own, and written in their turn.
        if (number <= Self)
            _met.Push(number);
    }

    /// <summary>An earlier object whose body is needed and not written; -1 when there is none any more.</summary>
    /// <param name="leadsBack">Whether one is being written right now: it waits for the object itself.</param>
    internal int NextUnwritten(out bool leadsBack)
    {
        leadsBack = false;
        while (_met.TryPop(out int number))
        {
            ref var entry = ref objects[number];
            if (entry.Stage == WrittenStage.Closed || number > Self)
                continue;
            if (entry.Stage == WrittenStage.Head)
            {
                _ahead.Add(number);
                return number;
            }
            if (entry.Stage != WrittenStage.Whole)
            {
                leadsBack = true;
                return -1;
            }
            entry.Stage = WrittenStage.Closed;
            // What was written before this object began has all of its references there.
            _references ??= order.ByOwner(objects.Count, out _starts);
            if (number + 1 < _starts.Length)
                for (int i = _starts[number]; i < _starts[number + 1]; i++)
                    _met.Push(_references[i]);
        }
        return -1;
    }

    /// <summary>All of it is written.</summary>
    internal void Close()
    {
        foreach (int number in _ahead)
            Close(number);
        for (int number = Self + 1; number < objects.Count; number++)
            Close(number);
    }

    private void Close(int number)
    {
        Debug.Assert(objects[number].Stage >= WrittenStage.Whole, "What it leads to is written.");
        objects[number].Stage = WrittenStage.Closed;
    }
}
