using MemoryPack;

namespace Multitasking.Tests.Travel;

/// <summary>Carries MemoryPack's contract. What it ignores would travel otherwise, and no constructor would run.</summary>
[MemoryPackable]
internal sealed partial class Order
{
    public int Number { get; set; }

    public string? Customer { get; set; }

    public List<OrderLine> Lines { get; set; } = [];

    [MemoryPackIgnore]
    public string? Ignored { get; set; }

    [MemoryPackIgnore]
    public bool IsConstructed { get; } = true;

    // A framework class that does not travel: the contract leaves it out.
    [MemoryPackIgnore]
    public Stream? Log { get; set; }
}

[MemoryPackable]
internal partial record struct OrderLine(string Article, int Count)
{
    [MemoryPackIgnore]
    public Stream? Log { get; set; }
}

/// <summary>Holds others of its kind.</summary>
[MemoryPackable]
internal sealed partial class Branch
{
    public Branch? Next { get; set; }

    [MemoryPackIgnore]
    public string? Ignored { get; set; }

    [MemoryPackIgnore]
    public bool IsConstructed { get; } = true;
}

/// <summary>The way back is ignored, so it cannot hold others of its kind.</summary>
[MemoryPackable]
internal sealed partial class Leaf
{
    public int Number { get; set; }

    [MemoryPackIgnore]
    public bool IsConstructed { get; } = true;

    [MemoryPackIgnore]
    public Leaf? Other { get; set; }
}

/// <summary>Does not carry the contract of its base.</summary>
internal sealed class ExpressOrder : Parcel
{
    public string? Hour { get; set; }
}

[MemoryPackable]
internal partial class Parcel
{
    public int Weight { get; set; }

    [MemoryPackIgnore]
    public string? Ignored { get; set; }
}

[MemoryPackable]
internal sealed partial class Stubborn
{
    public int Number { get; set; }

    [MemoryPackOnSerializing]
    private void Refuse() => throw new InvalidOperationException($"not today, {Number}");
}
