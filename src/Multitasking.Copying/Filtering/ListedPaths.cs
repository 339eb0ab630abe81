namespace Multitasking.Copying.Filtering;

/// <summary>
/// The paths of a list in the order in which a walk would meet them: a folder, then all that is in it. So whatever is listed above or below a path
/// stands beside the place of the path, and a lookup is one binary search. That no hash is involved makes it safe from lists made to collide.
/// </summary>
internal sealed class ListedPaths
{
    private readonly CopyFileList _list;

    /// <summary>The places in the list, sorted by path, without doubles.</summary>
    private readonly int[] _sorted;

    /// <summary>For each sorted path the outermost listed folder that it is in, or itself.</summary>
    private readonly int[] _outermost;

    /// <summary>Only ever set, so workers need no lock; read when they are done.</summary>
    private readonly bool[] _isSeen;

    internal ListedPaths(CopyFileList list)
    {
        _list = list;
        int[] all = [.. Enumerable.Range(0, list.Count)];
        all.AsSpan().Sort((left, right) => Compare(list.BytesAt(left), list.BytesAt(right)));
        int count = 0;
        foreach (int place in all)
            if (count == 0 || !list.BytesAt(all[count - 1]).SequenceEqual(list.BytesAt(place)))
                all[count++] = place;
        _sorted = all[..count];
        _outermost = new int[count];
        for (int i = 0; i < count; i++)
            _outermost[i] = i > 0 && IsInOrSame(PathAt(i), PathAt(_outermost[i - 1])) ? _outermost[i - 1] : i;
        _isSeen = new bool[count];
        // The source itself is never judged.
        if (count > 0 && PathAt(0).IsEmpty)
            _isSeen[0] = true;
    }

    internal IEnumerable<FilePath> Missing
    {
        get
        {
            for (int i = 0; i < _sorted.Length; i++)
                if (!Volatile.Read(ref _isSeen[i]))
                    yield return _list[_sorted[i]];
        }
    }

    /// <summary>Looks a path up.</summary>
    /// <param name="path">The path.</param>
    /// <param name="sees">Whether it has been seen from now on, if it is listed.</param>
    internal Listing Find(ReadOnlySpan<byte> path, bool sees = true)
    {
        int last = LastNotBehind(path);
        if (last >= 0 && PathAt(last).SequenceEqual(path))
        {
            if (sees)
                See(last);
            return Listing.Listed;
        }

        if (last >= 0 && IsInOrSame(path, PathAt(_outermost[last])))
            return Listing.Listed;
        return last + 1 < _sorted.Length && IsInOrSame(PathAt(last + 1), path) ? Listing.OnTheWay : Listing.Absent;
    }

    /// <summary>Counts all that is listed in a folder as seen.</summary>
    internal void SettleBelow(ReadOnlySpan<byte> folder)
    {
        for (int i = LastNotBehind(folder) + 1; i < _sorted.Length && IsInOrSame(PathAt(i), folder); i++)
            See(i);
    }

    private ReadOnlySpan<byte> PathAt(int sorted) => _list.BytesAt(_sorted[sorted]);

    private void See(int sorted)
    {
        // Millions of lookups would otherwise write to lines that other cores read.
        if (!Volatile.Read(ref _isSeen[sorted]))
            Volatile.Write(ref _isSeen[sorted], true);
    }

    private int LastNotBehind(ReadOnlySpan<byte> path)
    {
        int low = 0;
        int high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Compare(PathAt(middle), path) <= 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    private static bool IsInOrSame(ReadOnlySpan<byte> path, ReadOnlySpan<byte> folder) =>
        folder.IsEmpty || (path.StartsWith(folder) && (path.Length == folder.Length || path[folder.Length] == '/'));

    /// <summary>The order of bytes, but that a slash comes first: then nothing comes between a folder and what is in it.</summary>
    private static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length - right.Length;
        return (left[common] == '/' ? 0 : left[common]) - (right[common] == '/' ? 0 : right[common]);
    }
}
