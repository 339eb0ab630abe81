using System.Collections;
using System.Globalization;
using System.Text;

namespace Multitasking.TypeTable;

/// <summary>What a value does to a few texts, where its properties do not tell.</summary>
internal static class Behaviour
{
    private static readonly (string, string)[] s_pairs =
        [("a", "A"), ("i", "I"), ("i", "\u0130"), ("\u00e4", "a"), ("z", "\u00e4"), ("a", "b"), ("ch", "cz")];

    /// <returns><see langword="null"/> for a value that has nothing to do with texts.</returns>
    internal static Func<object, string>? Of(object value) => value switch
    {
        TextInfo => static value => ((TextInfo)value).ToUpper("iab\u0131") + ((TextInfo)value).ToTitleCase("ab"),
        CompareInfo order => _ => OfPairs((a, b) => order.Compare(a, b)),
        StringComparer comparer => _ => OfPairs((a, b) => comparer.Compare(a, b) + (comparer.Equals(a, b) ? 10 : 0)),
        IComparer<string> comparer => _ => OfPairs((a, b) => comparer.Compare(a, b)),
        IEqualityComparer<string> comparer => _ => OfPairs((a, b) => comparer.Equals(a, b) ? 1 : 0),
        IComparer comparer => _ => OfPairs((a, b) => comparer.Compare(a, b)),
        Encoding encoding => _ => Convert.ToHexString(encoding.GetBytes("a\u00e9\u20ac")) + encoding.GetString([65, 66, 67, 68]),
        PriorityQueue<string, int> queue => _ => queue.Peek(),
        _ => null,
    };

    private static string OfPairs(Func<string, string, int> compare) =>
        string.Join(' ', s_pairs.Select(pair => Math.Clamp(compare(pair.Item1, pair.Item2), -1, 11)));
}
