using System.Diagnostics.CodeAnalysis;

namespace Multitasking.Fuse.Files;

/// <summary>One name in a folder.</summary>
/// <param name="Name">The name as it was written first.</param>
/// <param name="Node">What it leads to.</param>
/// <param name="Offset">Where a reader of the folder goes on after it; larger than that of all names that were there before.</param>
internal sealed record Entry(byte[] Name, Node Node, ulong Offset);

/// <summary>The names in a folder.</summary>
internal sealed class Entries(NameKeys keys)
{
    /// <summary>The offsets of <c>.</c> and <c>..</c> are 1 and 2.</summary>
    internal const ulong FirstOffset = 3;

    private readonly Dictionary<string, Entry> _byKey = new(StringComparer.Ordinal);
    private readonly SortedList<ulong, Entry> _byOffset = [];
    private ulong _next = FirstOffset;

    internal int Count => _byKey.Count;

    internal bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Entry? entry) => _byKey.TryGetValue(keys.Of(name), out entry);

    internal void Add(ReadOnlySpan<byte> name, Node node) => Put(new Entry(name.ToArray(), node, _next++));

    /// <summary>Lets a name lead elsewhere. It stays written as it was, as on the file systems of the kernel whose names fold.</summary>
    internal void Replace(Entry entry, Node node) => Put(entry with { Node = node });

    internal void Remove(Entry entry)
    {
        _byKey.Remove(keys.Of(entry.Name));
        _byOffset.Remove(entry.Offset);
    }

    /// <summary>The entries that a reader who has come to an offset has not seen.</summary>
    internal IEnumerable<Entry> After(ulong offset)
    {
        foreach (Entry entry in _byOffset.Values)
            if (entry.Offset > offset)
                yield return entry;
    }

    private void Put(Entry entry)
    {
        _byKey[keys.Of(entry.Name)] = entry;
        _byOffset[entry.Offset] = entry;
    }
}
