using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>
/// Shows problems on standard error as they come, each once. For a person at a terminal the first few of each kind are enough; a file or a
/// program gets them all.
/// </summary>
internal sealed class Problems(ProgressDisplay display)
{
    /// <summary>How many of one kind are named on a terminal.</summary>
    public const int MostNamed = 10;

    private static readonly int s_kinds = Enum.GetValues<CopyErrorKind>().Length;

    private readonly long[] _counts = new long[s_kinds];

    /// <summary>Shows one. One call at a time.</summary>
    public void Show(CopyError error)
    {
        if (++_counts[(int)error.Kind] <= MostNamed || !display.IsTerminal)
            display.Say($"mtcopy: {error}");
    }

    /// <summary>How many of each kind there were, and what to do about them: a line each.</summary>
    public static IEnumerable<string> Groups(IReadOnlyList<CopyError> errors, bool wereFewNamed)
    {
        var counts = new long[s_kinds];
        foreach (CopyError error in errors)
            counts[(int)error.Kind]++;
        for (int kind = 0; kind < counts.Length; kind++)
        {
            long more = counts[kind] - MostNamed;
            string unnamed = wereFewNamed && more > 0 ? $" ({MostNamed} named above, and {Amounts.Count(more)} more: --log FILE lists all)" : "";
            if (counts[kind] > 0)
                yield return $"  {Amounts.Count(counts[kind])} {ProblemKinds.Describe((CopyErrorKind)kind)}{unnamed}";
        }
    }
}
