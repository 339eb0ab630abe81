using Multitasking.Copying.Interop;
using Multitasking.Copying.Metadata;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;

namespace Multitasking.Copying.Copying;

/// <summary>Copies a file: seven to nine system calls for a small one.</summary>
internal sealed unsafe class RegularFile(CopierTools tools)
{
    private readonly CopySettings _settings = tools.Settings;
    private readonly FileContents _contents = new(tools);

    internal Outcome Copy(in EntryPlace place, in Existing existing, Backup? backup)
    {
        if (_settings is { Move: true, DryRun: false, Filter: null } && !existing.Is && MoveByRenaming(place) is { IsSettled: true } moved)
            return moved;
        int descriptor = tools.Open(place.Folders.Source, place.Name, _settings.ReadFlags);
        if (descriptor < 0)
            return Fault.OfSource("cannot open", descriptor);
        using var source = new FileDescriptor(descriptor);
        int result = Kernel.Status(descriptor, out FileStatus status);
        if (result < 0)
            return Fault.OfSource("cannot read the status", result);
        if (status.Kind != FileKind.Regular)
            return Fault.Of(CopyErrorKind.SourceChanged, "it became something else while it was being copied");
        if (_settings.Filter is { } filter && !filter.Accepts(status, out string? reason))
            return Outcome.Of(CopyEventKind.Excluded, reason: reason);
        CopyEventKind kind = existing.Is ? CopyEventKind.FileReplaced : CopyEventKind.FileCopied;
        if (_settings.DryRun)
            return Foresee(place, existing, kind, descriptor, status);

        Outcome outcome = existing is { Is: true, IsFolder: false, Status.Kind: FileKind.Regular } && _settings.Writing == CopyWriting.InPlace
            ? WriteOver(place, existing, descriptor, status)
            : Write(place, existing, descriptor, status, backup);
        if (outcome.IsFailure || !_settings.Move)
            return outcome;
        Fault kept = MovedSource.Remove(place, status);
        return kept.IsNone ? outcome : kept;
    }

    private Outcome Write(in EntryPlace place, in Existing existing, int source, in FileStatus status, Backup? backup)
    {
        bool isDirect = !existing.Is && !place.MustBeNew && IsWrittenUnderItsName(status);
        fixed (byte* temporary = tools.TemporaryName)
        {
            byte* name = isDirect ? place.Target : temporary;
            int created = Create(place.Folders.Target, name, status, isDirect);
            if (created < 0)
                return isDirect && created == -Errno.Exists ? Publication.Collision(place) : Fault.OfDestination("cannot create the file", created);
            var target = new FileDescriptor(created);
            bool isPublished = false;
            try
            {
                Outcome outcome = Fill(place, existing, source, created, status, place.Folders.TargetPassesLists);
                if (outcome.IsFailure && outcome.Fault.Kind != CopyErrorKind.MetadataNotKept)
                    return outcome;
                int result = target.Close();
                Fault fault = result < 0 ? Fault.OfDestination("cannot finish the file", result)
                    : isDirect ? default
                    : Publication.Publish(tools, place, existing, backup);
                if (!fault.IsNone)
                {
                    tools.Tally.BytesCopied -= outcome.Bytes;
                    return fault;
                }

                isPublished = true;
                return outcome;
            }
            finally
            {
                target.Dispose();
                if (!isPublished)
                    _ = Kernel.RemoveFile(place.Folders.Target, name);
            }
        }
    }

    private Outcome WriteOver(in EntryPlace place, in Existing existing, int source, in FileStatus status)
    {
        int opened = tools.Open(place.Folders.Target, place.Target, OpenFlags.WriteFile);
        if (opened < 0)
            return Fault.OfDestination("cannot open it to write over it", opened);
        var target = new FileDescriptor(opened);
        try
        {
            int result = Kernel.Status(opened, out FileStatus there);
            if (result == 0 && there.Identity != existing.Status.Identity)
                return Fault.Of(CopyErrorKind.DestinationConflict, "not copied: something else took its place in the destination");
            // Whoever may not read the new contents must not be able to before they are there.
            uint narrow = ModeRule.WhileWritingOver(status, there, _settings);
            if (result == 0 && narrow != there.Permissions)
                result = Kernel.SetMode(opened, narrow);
            if (result == 0)
                result = Kernel.SetLength(opened, 0);
            if (result < 0)
                return Fault.OfDestination("cannot write over it", result);
            Outcome outcome = Fill(place, existing, source, opened, status, hasOwnMetadata: true);
            result = target.Close();
            return result < 0 && !outcome.IsFailure ? Fault.OfDestination("cannot finish the file", result) : outcome;
        }
        finally
        {
            target.Dispose();
        }
    }

    /// <summary>Contents, then everything beside them.</summary>
    private Outcome Fill(in EntryPlace place, in Existing existing, int source, int target, in FileStatus status, bool hasOwnMetadata)
    {
        Fault fault = _contents.Copy(source, target, status, out long bytes);
        if (fault.IsNone && _settings.Verify)
            fault = ContentComparison.Verify(tools, source, target);
        if (!fault.IsNone)
        {
            // What did not become a file is not progress.
            tools.Tally.BytesCopied -= bytes;
            return fault;
        }

        fault = FileMetadata.Apply(source, target, status, _settings, tools.CreationMask, hasOwnMetadata);
        return fault.IsNone ? Outcome.Of(existing.Is ? CopyEventKind.FileReplaced : CopyEventKind.FileCopied, bytes, existing.Reason) : fault;
    }

    /// <summary>
    /// Nobody can mistake a small new file for a complete one for longer than one write takes, and its size and time tell the next run, if that looks at them.
    /// </summary>
    private bool IsWrittenUnderItsName(in FileStatus status) =>
        _settings is { Writing: CopyWriting.Safe, Verify: false, Update: CopyUpdate.Different or CopyUpdate.All }
        && SmallFile.Holds(status, tools)
        && !status.IsSparse;

    private int Create(int folder, byte* name, in FileStatus status, bool isDirect)
    {
        uint mode = ModeRule.ForCreation(status, _settings);
        int flags = _settings.Verify ? OpenFlags.CreateFileToRead : OpenFlags.CreateFile;
        int descriptor = tools.Open(folder, name, flags, mode);
        // The temporary name is this worker's own, so what has it was left by one that had the same number and was killed.
        if (descriptor == -Errno.Exists && !isDirect && Kernel.RemoveFile(folder, name) == 0)
            descriptor = tools.Open(folder, name, flags, mode);
        return descriptor;
    }

    /// <summary>What a run would write.</summary>
    private Outcome Foresee(in EntryPlace place, in Existing existing, CopyEventKind kind, int source, in FileStatus status)
    {
        if (_settings.Move && !existing.Is && place.Folder?.DestinationDevice == status.Identity.Device)
            return Outcome.Passing(kind, status.Size, "renamed");
        long bytes = status.IsSparse && _settings.Sparse == SparseHandling.Keep ? LargeFile.LengthOfData(source, status.Size) : status.Size;
        tools.Tally.BytesCopied += bytes;
        return Outcome.Of(kind, bytes, existing.Reason) with { Passed = status.Size - bytes };
    }

    /// <summary>Within one file system a move is a renaming, whatever the size.</summary>
    private static Outcome MoveByRenaming(in EntryPlace place)
    {
        if (Kernel.StatusOf(place.Folders.Source, place.Name, out FileStatus status) < 0 || status.Kind != FileKind.Regular)
            return default;
        int result = Kernel.RenameNew(place.Folders.Source, place.Name, place.Folders.Target, place.Target);
        // Anything that stands in the way of that is met again, and reported, by copying.
        return result == 0 ? Outcome.Passing(CopyEventKind.FileCopied, status.Size, "renamed") : default;
    }
}
