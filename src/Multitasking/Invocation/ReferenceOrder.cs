namespace Multitasking.Invocation;

/// <summary>Remembers which of a message's objects refers to which, to finish those inside others first.</summary>
internal sealed class ReferenceOrder
{
    internal const int NoOwner = -1;

    // One giant message must not keep its lists for ever.
    private const int MostKept = 4096;

    // Two lists rather than one of pairs, as in the reader.
    private readonly List<int> _from = [];
    private readonly List<int> _to = [];

    internal void Clear()
    {
        Clear(_from);
        Clear(_to);
    }

    internal void Add(int from, int to)
    {
        if (from == NoOwner)
            return;
        _from.Add(from);
        _to.Add(to);
    }

    private static void Clear(List<int> list)
    {
        list.Clear();
        if (list.Capacity > MostKept)
            list.Capacity = 0;
    }

    /// <summary>The wanted objects, each behind those that it leads to; within a cycle there is no such order, and any will do.</summary>
    /// <param name="wanted">Numbers of objects.</param>
    /// <param name="count">How many objects there are.</param>
    internal List<int> InnermostFirst(List<int> wanted, int count)
    {
        var references = ByOwner(count, out int[] next);
        int[] end = [.. next[1..]];
        bool[] isWanted = new bool[count], isSeen = new bool[count];
        foreach (int number in wanted)
            isWanted[number] = true;
        var ordered = new List<int>(wanted.Count);
        var way = new Stack<int>();
        foreach (int number in wanted)
        {
            if (!isSeen[number])
                way.Push(number);
            while (way.TryPeek(out int at))
            {
                isSeen[at] = true;
                while (next[at] < end[at] && isSeen[references[next[at]]])
                    next[at]++;
                if (next[at] < end[at])
                    way.Push(references[next[at]]);
                else if (isWanted[way.Pop()])
                    ordered.Add(at);
            }
        }
        return ordered;
    }

    /// <summary>For each of the first objects the one that it was met in; -1 for none.</summary>
    internal int[] FirstHolders(int count)
    {
        int[] holders = new int[count];
        Array.Fill(holders, NoOwner);
        // Backwards, so that the first remains.
        for (int i = _to.Count - 1; i >= 0; i--)
            if (_to[i] < count && _from[i] < _to[i])
                holders[_to[i]] = _from[i];
        return holders;
    }

    /// <summary>All references, those of one owner together, and where those of each owner begin.</summary>
    internal int[] ByOwner(int count, out int[] starts)
    {
        starts = new int[count + 1];
        foreach (int owner in _from)
            starts[owner + 1]++;
        for (int i = 0; i < count; i++)
            starts[i + 1] += starts[i];
        int[] filled = [.. starts], references = new int[_to.Count];
        for (int i = 0; i < _to.Count; i++)
            references[filled[_from[i]]++] = _to[i];
        return references;
    }
}
