namespace Multitasking.Invocation;

/// <summary>
/// Checks objects whose own methods walk through what they hold, however deep that is: an exception prints its inner ones, a tuple compares
/// its items, a view asks the list behind it. One that holds itself would end its process by a stack overflow; one that holds the same
/// twice, level by level, would never be done.
/// </summary>
internal static class Nesting
{
    /// <summary>
    /// How many levels there may be: printing an exception takes some 500 bytes of stack a level, and a thread may have 1 MB.
    /// </summary>
    internal const int MostDeep = 500;

    // An object may honestly stand in several places; doubled ten times over it stands in a thousand.
    private const int Spare = 1000, ForEach = 10;

    /// <param name="order">Which object refers to which.</param>
    /// <param name="nests">Which of the objects are of this kind.</param>
    /// <returns>What is too much: one of them holds itself, or too many; <see langword="null"/> for nothing.</returns>
    internal static string? Excess(ReferenceOrder order, ReadOnlySpan<bool> nests)
    {
        int[] references = order.ByOwner(nests.Length, out int[] starts);
        int[] next = [.. starts];
        long[] sizes = new long[nests.Length];
        int[] depths = new int[nests.Length];
        var way = new Stack<int>();
        for (int root = 0; root < nests.Length; root++)
        {
            if (nests[root] && depths[root] == 0)
                Enter(root);
            while (way.TryPeek(out int at))
            {
                if (next[at] == starts[at + 1])
                {
                    depths[at] = -depths[at];
                    way.Pop();
                    if (depths[at] > MostDeep || sizes[at] > Spare + ((long)ForEach * nests.Length))
                        return $"exceptions, tuples or views that hold {sizes[at]:N0} of their kind, {depths[at]:N0} deep";
                    continue;
                }
                int part = references[next[at]];
                if (!nests[part])
                {
                    next[at]++;
                }
                else if (depths[part] < 0)
                {
                    return "an exception, a tuple or a view that holds itself";
                }
                else if (depths[part] == 0)
                {
                    Enter(part);
                }
                else
                {
                    sizes[at] = Math.Min(sizes[at] + sizes[part], int.MaxValue);
                    depths[at] = Math.Min(depths[at], -1 - depths[part]);
                    next[at]++;
                }
            }
        }

        return null;

        // While it is open, its depth is the negative of what is known so far.
        void Enter(int number)
        {
            (sizes[number], depths[number]) = (1, -1);
            way.Push(number);
        }
    }
}
