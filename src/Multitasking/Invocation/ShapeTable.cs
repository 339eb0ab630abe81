using System.Runtime.CompilerServices;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation;

/// <summary>
/// The shapes found so far, by type. Every value asks here, so reading takes no lock: links are added in front of chains and never change.
/// A table of its own, because a child would have to compile the framework's concurrent one.
/// </summary>
internal sealed class ShapeTable(int version)
{
    private readonly Lock _lock = new();
    private Link?[] _chains = new Link?[64];
    private int _count;

    /// <summary>How many converters were registered when it was begun.</summary>
    internal int Version { get; } = version;

    /// <returns>Whether the type was looked at before; its shape may still be none.</returns>
    internal bool TryGet(Type type, out Shape? shape)
    {
        var chains = Volatile.Read(ref _chains);
        for (var link = Volatile.Read(ref chains[PlaceOf(type, chains)]); link is not null; link = link.Next)
        {
            if (!ReferenceEquals(link.Type, type))
                continue;
            shape = link.Shape;
            return true;
        }
        shape = null;
        return false;
    }

    /// <summary>Adds a type; what is found first of two additions is the later one.</summary>
    internal void Add(Type type, Shape? shape)
    {
        lock (_lock)
        {
            if (_count == _chains.Length)
                Grow();
            Put(_chains, type, shape);
            _count++;
        }
    }

    private void Grow()
    {
        var wider = new Link?[_chains.Length * 2];
        foreach (var chain in _chains)
            AddBackwards(wider, chain);
        Volatile.Write(ref _chains, wider);
    }

    /// <summary>The front of a chain goes in last, and so stays in front.</summary>
    private static void AddBackwards(Link?[] chains, Link? link)
    {
        if (link is null)
            return;
        AddBackwards(chains, link.Next);
        Put(chains, link.Type, link.Shape);
    }

    private static void Put(Link?[] chains, Type type, Shape? shape)
    {
        ref var chain = ref chains[PlaceOf(type, chains)];
        Volatile.Write(ref chain, new Link(type, shape, chain));
    }

    private static int PlaceOf(Type type, Link?[] chains) => RuntimeHelpers.GetHashCode(type) & (chains.Length - 1);

    private sealed class Link(Type type, Shape? shape, Link? next)
    {
        internal readonly Type Type = type;
        internal readonly Shape? Shape = shape;
        internal readonly Link? Next = next;
    }
}
