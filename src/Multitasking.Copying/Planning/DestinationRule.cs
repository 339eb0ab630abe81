namespace Multitasking.Copying.Planning;

/// <summary>
/// What <c>SRC... DST</c> means. Whether DST exists changes nothing, so a command can be repeated; the one exception is the
/// single file that goes into an existing folder.
/// </summary>
internal static class DestinationRule
{
    /// <summary>Whether the sources go into the destination under their own names, rather than become it.</summary>
    internal static bool GoesInto(int sourceCount, bool sourceIsFolder, FilePath destination, bool destinationIsFolder) =>
        sourceCount > 1 || EndsWithSlash(destination) || (!sourceIsFolder && destinationIsFolder);

    /// <summary>The path without the slashes behind it, which mean nothing; the root stays <c>/</c>.</summary>
    internal static FilePath WithoutTrailingSlashes(FilePath path)
    {
        ReadOnlySpan<byte> bytes = path.Bytes;
        while (bytes.Length > 1 && bytes[^1] == '/')
            bytes = bytes[..^1];
        return new FilePath(bytes);
    }

    /// <summary>The last part of a path without trailing slashes; empty for <c>/</c>, <c>.</c> and <c>..</c>, which name no entry.</summary>
    internal static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> name = path[(path.LastIndexOf((byte)'/') + 1)..];
        return name.SequenceEqual("."u8) || name.SequenceEqual(".."u8) ? default : name;
    }

    /// <summary>The path without its last part: <c>.</c> when there is none.</summary>
    internal static FilePath ParentOf(ReadOnlySpan<byte> path)
    {
        int slash = path.LastIndexOf((byte)'/');
        return slash < 0 ? new FilePath("."u8) : slash == 0 ? new FilePath("/"u8) : WithoutTrailingSlashes(new FilePath(path[..slash]));
    }

    internal static FilePath Join(FilePath folder, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> head = folder.Bytes;
        bool needsSlash = head.Length > 0 && head[^1] != '/';
        var joined = new byte[head.Length + (needsSlash ? 1 : 0) + name.Length];
        head.CopyTo(joined);
        if (needsSlash)
            joined[head.Length] = (byte)'/';
        name.CopyTo(joined.AsSpan(joined.Length - name.Length));
        return new FilePath(joined);
    }

    private static bool EndsWithSlash(FilePath path) => path.Bytes is [.., (byte)'/'];
}
