using Multitasking.Copying.Filtering;
using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Walking;

/// <summary>What of the source is walked at all. Thread-safe.</summary>
internal sealed class TreeRules(CopyOptions options)
{
    [ThreadStatic]
    private static EntryPath? s_path;

    private readonly EntryFilter? _filter = EntryFilter.From(options.Filter);

    /// <summary>The listed paths that the source does not have, once it has been walked to its end.</summary>
    internal IEnumerable<FilePath> Missing => _filter?.Missing ?? [];

    /// <summary>Whether what is in a folder is left out because another file system begins there.</summary>
    internal bool EndsAt(FolderPlace folder, int depth, in FileStatus status) =>
        options.OneFileSystem && depth > 0 && folder.Parent is { } parent && status.Identity.Device != parent.Identity.Device;

    /// <summary>Whether what is mounted is left alone.</summary>
    internal bool StaysOnDevice => options.OneFileSystem;

    /// <summary>Whether anything can be left out.</summary>
    internal bool LeaveOut => options.Filter is not null;

    /// <summary>Whether nothing in a folder can be copied.</summary>
    internal bool EndsBelow(int depth) => _filter is not null && depth >= 0 && !_filter.Enters(depth);

    /// <summary>Whether an entry of a folder is copied, by its name.</summary>
    internal Judgement Judge(TreeFolder folder, FolderEntry entry, out string? reason) => Judge(folder.Source, folder.Depth, entry, out reason);

    /// <summary>The same for an entry of a folder of the source.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="depth">How deep it is in the source that was named.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="reason">Which rule leaves it out.</param>
    /// <param name="isOfSource">Whether the source has it.</param>
    internal Judgement Judge(FolderPlace folder, int depth, FolderEntry entry, out string? reason, bool isOfSource = true)
    {
        reason = null;
        // What was named is copied.
        if (_filter is null || depth < 0)
            return Judgement.Copy;
        ReadOnlySpan<byte> path = _filter.UsesPaths ? (s_path ??= new EntryPath()).Of(folder, depth, entry.NameBytes) : entry.NameBytes;
        FilterVerdict verdict = _filter.Judge(path, entry.Kind, depth + 1, isOfSource);
        if (verdict.IsIncluded)
            return entry.Kind == FileKind.Folder && _filter.IsOnTheWay(verdict) ? Judgement.OnTheWay : Judgement.Copy;
        reason = _filter.Describe(verdict);
        return Judgement.LeaveOut;
    }
}
