using CsCheck;

namespace Multitasking.Tests.Travel;

/// <summary>Objects that refer to each other at random: directly, through arrays, lists, dictionaries, tuples and delegates.</summary>
internal sealed class Vertex
{
    private readonly string _label;
    private object? _edge;

    private Vertex(string label) => _label = label;

    internal static Gen<Vertex> Random { get; } =
        Gen.Select(Gen.String.Array[1, 30], Gen.Select(Gen.Int[0, 29], Gen.Int[0, 29], Gen.Int[0, 8]).Array[0, 60]).Select(Build);

    /// <summary>Whether two graphs have the same form and labels, object for object.</summary>
    internal static bool AreAlike(Vertex left, Vertex right)
    {
        var there = new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        var back = new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(object? Left, object? Right)>([(left, right)]);
        while (open.TryPop(out var pair))
        {
            if (pair.Left is null || pair.Right is null || pair.Left.GetType() != pair.Right.GetType())
            {
                if (pair.Left is not null || pair.Right is not null)
                    return false;
                continue;
            }
            bool isKnown = there.TryGetValue(pair.Left, out object? known);
            if (isKnown != back.TryGetValue(pair.Right, out _) || (isKnown && !ReferenceEquals(known, pair.Right)))
                return false;
            if (isKnown)
                continue;
            there.Add(pair.Left, pair.Right);
            back.Add(pair.Right, pair.Left);
            if (pair.Left is Vertex one && one._label != ((Vertex)pair.Right)._label)
                return false;
            object?[] left1 = Parts(pair.Left), right1 = Parts(pair.Right);
            if (left1.Length != right1.Length)
                return false;
            foreach (var parts in left1.Zip(right1))
                open.Push(parts);
        }
        return true;
    }

    private static Vertex Build(string[] labels, (int From, int To, int Kind)[] edges)
    {
        Vertex[] all = [.. labels.Select(label => new Vertex(label))];
        foreach (var (from, to, kind) in edges)
        {
            var owner = all[from % all.Length];
            owner._edge = Wrap(all[to % all.Length], owner._edge, kind);
        }
        return all[0];
    }

    private static object Wrap(Vertex target, object? before, int kind) => kind switch
    {
        0 => target,
        1 => new[] { before, target, before },
        2 => new List<object?> { target, before },
        3 => new Dictionary<object, object?> { [target] = before },
        4 => Tuple.Create(before, target),
        5 => new object?[,] { { before }, { target } },
        6 => new LinkedList<object?>([before, target, target]),
        7 => new Func<object?[]>(() => [target, before]),
        _ => new[] { [target], Array.Empty<Vertex>(), new[] { target, null } },
    };

    private static object?[] Parts(object whole) => whole switch
    {
        Vertex vertex => [vertex._edge],
        Func<object?[]> parts => parts(),
        Dictionary<object, object?> map => [.. map.Keys, .. map.Values],
        System.Runtime.CompilerServices.ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])],
        System.Collections.IEnumerable items => [.. items],
        _ => throw new InvalidOperationException($"An edge of type {whole.GetType()}"),
    };
}
