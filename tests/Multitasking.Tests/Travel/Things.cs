namespace Multitasking.Tests.Travel;

internal class Base(string secret)
{
    private readonly string _secret = secret;

    public string BaseSecret => _secret;

    public int Made { get; } = ++s_made;

    private static int s_made;
}

internal sealed class Shadowing(string baseSecret, string secret) : Base(baseSecret)
{
    private readonly string _secret = secret;

    public string Secret => _secret;

    public required int Required { get; init; }
}

internal sealed class Watchful
{
    internal static int Calls { get; set; }

    public Watchful() => Calls++;

    public int Value
    {
        get => field + (Calls++ * 0);
        set => field = value + (Calls++ * 0);
    }
}

internal sealed class Forgetful
{
    [NonSerialized]
    private readonly Stream _stream = Stream.Null;

    public string Kept { get; init; } = "";

    public Stream Left => _stream;
}

internal struct Hollow
{
    [NonSerialized]
    internal string? Left;
}

internal sealed class Node
{
    public int Value { get; set; }

    public Node? Next { get; set; }

    public object? Other { get; set; }

    internal static Node Chain(int length)
    {
        Node? first = null;
        for (int i = length; i > 0; i--)
            first = new Node { Value = i, Next = first };
        return first!;
    }

    internal int Length()
    {
        int length = 0;
        for (var node = this; node is not null; node = node.Next)
            length++;
        return length;
    }
}

/// <summary>Compares by its list, which must be whole before a dictionary hashes it.</summary>
internal sealed class ListKey(params List<int> parts) : IEquatable<ListKey>
{
    public bool Equals(ListKey? other) => other is not null && parts.SequenceEqual(other.Parts);

    public override bool Equals(object? obj) => Equals(obj as ListKey);

    public override int GetHashCode() => parts.Aggregate(17, HashCode.Combine);

    private List<int> Parts => parts;
}

internal sealed class ByLength : IEqualityComparer<string>, IComparer<string>
{
    public int Divisor { get; init; } = 1;

    public bool Equals(string? x, string? y) => x?.Length / Divisor == y?.Length / Divisor;

    public int GetHashCode(string obj) => obj.Length / Divisor;

    public int Compare(string? x, string? y) => (x?.Length ?? 0).CompareTo(y?.Length ?? 0);
}

internal sealed class Named : Dictionary<string, int>
{
    public string Name { get; init; } = "";
}

internal sealed class Numbers : List<int>
{
    public string Name { get; init; } = "";
}
