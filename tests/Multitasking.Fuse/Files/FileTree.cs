using System.Diagnostics.CodeAnalysis;
using Multitasking.Fuse.Protocol;

namespace Multitasking.Fuse.Files;

/// <summary>A tree of files in memory. The kernel has checked permissions, types and lengths of names before.</summary>
internal sealed class FileTree
{
    internal const ulong RootId = 1;

    private const uint RootMode = Node.FolderType | 0x1FF;

    private readonly Traits _traits;
    private readonly Dictionary<ulong, Node> _nodes = [];
    private ulong _lastId = RootId;

    internal FileTree(Traits traits)
    {
        _traits = traits;
        // The kernel never forgets it, and never looks it up.
        _nodes.Add(RootId, new Node(RootId, RootMode) { Entries = new Entries(traits.Names), Links = 2, Lookups = 1 });
    }

    internal int Count => _nodes.Count;

    internal bool TryGet(ulong id, [NotNullWhen(true)] out Node? node) => _nodes.TryGetValue(id, out node);

    internal static FuseError Find(Node folder, ReadOnlySpan<byte> name, out Node? found)
    {
        found = folder.Entries!.TryFind(name, out Entry? entry) ? entry.Node : null;
        return found is null ? FuseError.NoEntry : FuseError.None;
    }

    /// <summary>Makes something new.</summary>
    internal FuseError Make(Node folder, ReadOnlySpan<byte> name, uint mode, in RequestHeader by, out Node? made, uint device = 0)
    {
        made = null;
        uint type = mode & Node.TypeMask;
        if (!_traits.HasLinksAndSpecials && type is not (Node.FileType or Node.FolderType))
            return FuseError.NotPermitted;
        if (folder.Entries!.TryFind(name, out _))
            return FuseError.Exists;
        bool isFolder = type == Node.FolderType, inherits = (folder.Mode & Node.SetGroup) != 0;
        uint group = inherits && isFolder ? Node.SetGroup : 0;
        made = new Node(++_lastId, type | _traits.Permissions(mode | group))
        {
            Device = device,
            User = _traits.HasOwners ? by.User : 0,
            Group = !_traits.HasOwners ? 0 : inherits ? folder.Group : by.Group,
            Entries = isFolder ? new Entries(_traits.Names) : null,
            Links = isFolder ? 2u : 1u,
        };
        Stamp(made);
        _nodes.Add(made.Id, made);
        folder.Entries.Add(name, made);
        if (isFolder)
            folder.Links++;
        Stamp(folder);
        return FuseError.None;
    }

    internal FuseError Link(Node folder, ReadOnlySpan<byte> name, Node node)
    {
        if (!_traits.HasLinksAndSpecials)
            return FuseError.NotPermitted;
        if (folder.Entries!.TryFind(name, out _))
            return FuseError.Exists;
        folder.Entries.Add(name, node);
        node.Links++;
        node.Changed = FileTime.Now;
        Stamp(folder);
        return FuseError.None;
    }

    internal FuseError Remove(Node folder, ReadOnlySpan<byte> name)
    {
        if (!folder.Entries!.TryFind(name, out Entry? entry))
            return FuseError.NoEntry;
        if (entry.Node.Entries is { Count: > 0 })
            return FuseError.NotEmpty;
        folder.Entries.Remove(entry);
        Unlink(folder, entry.Node);
        Stamp(folder);
        return FuseError.None;
    }

    internal FuseError Rename(Node from, ReadOnlySpan<byte> oldName, Node to, ReadOnlySpan<byte> newName, bool mayReplace)
    {
        if (!from.Entries!.TryFind(oldName, out Entry? moved))
            return FuseError.NoEntry;
        bool exists = to.Entries!.TryFind(newName, out Entry? replaced);
        if (exists && !mayReplace)
            return FuseError.Exists;
        if (exists && replaced!.Node.Entries is { Count: > 0 })
            return FuseError.NotEmpty;
        from.Entries.Remove(moved);
        if (exists)
        {
            Unlink(to, replaced!.Node);
            to.Entries.Replace(replaced, moved.Node);
        }
        else
            to.Entries.Add(newName, moved.Node);
        if (moved.Node.IsFolder)
        {
            from.Links--;
            to.Links++;
        }
        moved.Node.Changed = FileTime.Now;
        Stamp(from);
        Stamp(to);
        return FuseError.None;
    }

    /// <summary>Takes two names for each other.</summary>
    internal static FuseError Exchange(Node one, ReadOnlySpan<byte> oneName, Node other, ReadOnlySpan<byte> otherName)
    {
        if (!one.Entries!.TryFind(oneName, out Entry? first) || !other.Entries!.TryFind(otherName, out Entry? second))
            return FuseError.NoEntry;
        one.Entries.Replace(first, second.Node);
        other.Entries.Replace(second, first.Node);
        // A folder counts as a link to the one that it stands in.
        uint leaves = first.Node.IsFolder ? 1u : 0, comes = second.Node.IsFolder ? 1u : 0;
        one.Links += comes - leaves;
        other.Links += leaves - comes;
        return FuseError.None;
    }

    internal FuseError Set(Node node, in SetAttributesBody to)
    {
        AttributeMask mask = to.Valid;
        bool changesOwner = (mask.HasFlag(AttributeMask.User) && to.User != node.User) || (mask.HasFlag(AttributeMask.Group) && to.Group != node.Group);
        if (changesOwner && !_traits.HasOwners)
            return FuseError.NotPermitted;
        if (mask.HasFlag(AttributeMask.Size))
        {
            if (node.Contents.SetLength(to.Size) is not FuseError.None and var error)
                return error;
            Stamp(node);
        }
        if (mask.HasFlag(AttributeMask.Mode))
            node.Mode = (node.Mode & Node.TypeMask) | _traits.Permissions(to.Mode);
        if (mask.HasFlag(AttributeMask.User))
            node.User = to.User;
        if (mask.HasFlag(AttributeMask.Group))
            node.Group = to.Group;
        if (mask.HasFlag(AttributeMask.AccessTime))
            node.Accessed = _traits.Time(mask.HasFlag(AttributeMask.AccessTimeNow) ? FileTime.Now : new((long)to.AccessSeconds, to.AccessNanoseconds));
        if (mask.HasFlag(AttributeMask.ModifyTime))
            node.Modified = _traits.Time(mask.HasFlag(AttributeMask.ModifyTimeNow) ? FileTime.Now : new((long)to.ModifySeconds, to.ModifyNanoseconds));
        node.Changed = FileTime.Now;
        return FuseError.None;
    }

    internal FuseError Write(Node node, ulong offset, ReadOnlySpan<byte> bytes)
    {
        FuseError error = node.Contents.Write(offset, bytes);
        if (error == FuseError.None)
            Stamp(node);
        return error;
    }

    internal void Forget(ulong id, ulong lookups)
    {
        if (id == RootId || !_nodes.TryGetValue(id, out Node? node))
            return;
        node.Forget(lookups);
        DropUnused(node);
    }

    private void Unlink(Node folder, Node node)
    {
        node.Links -= node.IsFolder ? 2u : 1u;
        node.Changed = FileTime.Now;
        if (node.IsFolder)
            folder.Links--;
        DropUnused(node);
    }

    private void DropUnused(Node node)
    {
        if (!node.IsUsed)
            _nodes.Remove(node.Id);
    }

    private void Stamp(Node node)
    {
        node.Touch();
        node.Modified = _traits.Time(node.Modified);
    }
}
