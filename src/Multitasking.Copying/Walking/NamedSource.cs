using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Walking;

/// <summary>A source as the user called it, and what was found there.</summary>
/// <param name="Path">As it was called, less the slashes behind it.</param>
/// <param name="Status">What it is; a symbolic link is itself.</param>
/// <param name="Parent">The folder that it stands in.</param>
/// <param name="Name">Its name there; for <c>.</c> and <c>..</c> the one they stand for, for <c>/</c> empty.</param>
/// <param name="Destination">Where it is to go, for what a refusal says.</param>
internal sealed record NamedSource(FilePath Path, FileStatus Status, FilePath Parent, byte[] Name, FilePath Destination)
{
    internal bool IsFolder => Status.Kind == FileKind.Folder;

    /// <summary>What it is called in the destination.</summary>
    internal byte[] TargetName { get; private init; } = Name;

    /// <exception cref="CopyRefusedException">There is nothing, or it cannot be looked at.</exception>
    internal static NamedSource Find(FilePath named, FilePath destination, bool follow)
    {
        FilePath path = DestinationRule.WithoutTrailingSlashes(named);
        int result = follow ? NativePath.StatusFollowed(path, out FileStatus status) : NativePath.Status(path, out status);
        var source = new NamedSource(path, status, DestinationRule.ParentOf(path.Bytes), [.. DestinationRule.NameOf(path.Bytes)], destination);
        if (result < 0)
            throw source.Refuse(Fault.OfSource("cannot copy it", result));
        if (source.Name.Length == 0)
            return source.WithRealName() is var real ? real with { TargetName = real.Name } : source;
        // What a followed link leads to stands elsewhere, under another name.
        bool isFollowed = follow && NativePath.Status(path, out FileStatus itself) == 0 && itself.Kind == FileKind.SymbolicLink;
        return isFollowed ? source.WithRealName() with { TargetName = source.Name } : source;
    }

    internal CopyRefusedException Refuse(CopyErrorKind kind, string reason) => Refuse(Fault.Of(kind, reason));

    internal CopyRefusedException Refuse(Fault fault) => new(fault.At(Path), Destination);

    private NamedSource WithRealName()
    {
        int descriptor = NativePath.Open(Path, OpenFlags.PathOnly | (IsFolder ? OpenFlags.FolderFollowed : OpenFlags.ReadFileFollowed));
        if (descriptor < 0)
            return this;
        using var folder = new FileDescriptor(descriptor);
        FilePath real = NativePath.Of(descriptor);
        return this with { Parent = DestinationRule.ParentOf(real.Bytes), Name = [.. DestinationRule.NameOf(real.Bytes)] };
    }
}
