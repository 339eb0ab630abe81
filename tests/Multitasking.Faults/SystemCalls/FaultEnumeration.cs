namespace Multitasking.Faults.SystemCalls;

/// <summary>All faults of one use: each call that it makes, each error that the call can give, at each of its n, once, and for what makes something, from there on.</summary>
public static class FaultEnumeration
{
    /// <summary>The uses that the program has.</summary>
    public static IReadOnlyList<string> Uses { get; } = ["child", "ends", "pool", "pool-ends", "channel", "locks", "memory", "object"];

    /// <summary>Lists the faults.</summary>
    /// <param name="counts">How often each call is made.</param>
    /// <param name="most">At how many n each call fails, spread over all, the first ones among them.</param>
    public static IEnumerable<Fault> Of(IReadOnlyDictionary<(FaultSide Side, string Call), int> counts, int most) =>
        from entry in counts
        orderby entry.Key.Side, entry.Key.Call
        from error in FaultErrors.Of(entry.Key.Call)
        from at in Numbers(entry.Value, most)
        from lasts in (bool[])[false, true]
        where !lasts || (FaultErrors.CanLast(entry.Key.Call) && error is not ("EINTR" or "EAGAIN"))
        select new Fault(entry.Key.Side, entry.Key.Call, error, at, lasts);

    /// <summary>The first half of what may be without a gap, the rest evenly over what remains.</summary>
    private static IEnumerable<int> Numbers(int count, int most)
    {
        if (count <= most)
            return Enumerable.Range(1, count);
        int dense = (most + 1) / 2, sparse = most - dense;
        return Enumerable.Range(1, dense).Concat(Enumerable.Range(1, sparse).Select(i => dense + (int)((long)i * (count - dense) / sparse)));
    }
}
