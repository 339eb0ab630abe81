using Multitasking.Copying.Interop;
using Multitasking.Copying.Metadata;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Copying;

/// <summary>
/// Copies files and links, one at a time, for one worker. Each is written under a temporary name in its folder and gets its own when it is
/// complete, so that whatever happens there is nothing half-written under a name that means something.
/// </summary>
internal sealed unsafe class EntryCopier(byte[] temporaryName, Tally tally, Action closeIdleFolders, CancellationToken cancellation)
{
    private readonly CopyBuffer _buffer = new();
    private readonly uint _umask = Umask.Read();

    /// <summary>Copies one entry.</summary>
    /// <param name="folders">Where from and where to.</param>
    /// <param name="name">The name in the source, ending with NUL.</param>
    /// <param name="target">The name in the destination, ending with NUL.</param>
    /// <param name="kind">What the source's folder says it is.</param>
    /// <returns>What went wrong, if anything.</returns>
    /// <exception cref="OperationCanceledException">In the middle of a large file; nothing of it is left.</exception>
    internal Fault Copy(FolderPair folders, byte* name, byte* target, FileKind kind)
    {
        cancellation.ThrowIfCancellationRequested();
        fixed (byte* temporary = temporaryName)
        {
            Fault fault = kind switch
            {
                FileKind.Regular => CopyFile(folders, name, target, temporary),
                FileKind.SymbolicLink => CopyLink(folders, name, target, temporary),
                FileKind.Unknown => Fault.OfSource("cannot read its status", Kernel.StatusOf(folders.Source, name, out _)),
                _ => Fault.Of(CopyErrorKind.UnsupportedType, $"not copied: it is a {Describe(kind)}"),
            };
            if (!fault.IsNone)
                tally.FilesFailed++;
            return fault;
        }
    }

    private static string Describe(FileKind kind) => kind switch
    {
        FileKind.Fifo => "FIFO",
        FileKind.Socket => "socket",
        FileKind.CharacterDevice or FileKind.BlockDevice => "device",
        _ => "file of an unknown type",
    };

    private Fault CopyFile(FolderPair folders, byte* name, byte* target, byte* temporary)
    {
        if (!folders.TargetIsNew && IsSettled(folders, name, target, out Fault settled))
            return settled;
        int descriptor = Open(folders.Source, name, OpenFlags.ReadFile);
        if (descriptor < 0)
            return Fault.OfSource("cannot open", descriptor);
        using var source = new FileDescriptor(descriptor);
        int result = Kernel.Status(descriptor, out FileStatus status);
        if (result < 0)
            return Fault.OfSource("cannot read the status", result);
        if (status.Kind != FileKind.Regular)
            return Fault.Of(CopyErrorKind.SourceChanged, "it became something else while it was being copied");

        int created = Create(folders.Target, temporary, ModeRule.ForCreation(status));
        if (created < 0)
            return Fault.OfDestination("cannot create the file", created);
        var copy = new FileDescriptor(created);
        bool isPublished = false;
        try
        {
            Fault fault = status.Size <= SmallFile.MaxSize
                ? SmallFile.Copy(descriptor, created, status, _buffer, tally)
                : LargeFile.Copy(descriptor, created, status, _buffer, tally, cancellation);
            if (!fault.IsNone)
                return fault;
            Fault metadata = FileMetadata.Apply(created, status, ModeRule.NeedsSetting(status, _umask));
            result = copy.Close();
            if (result == 0)
                result = Kernel.Rename(folders.Target, temporary, target);
            if (result < 0)
                return Fault.OfDestination("cannot finish the file", result);
            isPublished = true;
            // What has a fault counts as failed, and not twice.
            if (metadata.IsNone)
                tally.FilesCopied++;
            return metadata;
        }
        finally
        {
            copy.Dispose();
            if (!isPublished)
                _ = Kernel.RemoveFile(folders.Target, temporary);
        }
    }

    private Fault CopyLink(FolderPair folders, byte* name, byte* target, byte* temporary)
    {
        if (!folders.TargetIsNew && IsSettled(folders, name, target, out Fault settled))
            return settled;
        int result = Kernel.StatusOf(folders.Source, name, out FileStatus status);
        if (result < 0)
            return Fault.OfSource("cannot read the status", result);
        Fault fault = SymbolicLink.Copy(folders.Source, name, status, folders.Target, temporary, _buffer);
        if (fault.IsNone || fault.Kind == CopyErrorKind.MetadataNotKept)
            result = Kernel.Rename(folders.Target, temporary, target);
        if (fault.IsNone && result < 0)
            fault = Fault.OfDestination("cannot finish the link", result);
        if (fault.IsNone)
            tally.LinksCopied++;
        else
            _ = Kernel.RemoveFile(folders.Target, temporary);
        return fault;
    }

    /// <summary>Deals with what is in the destination already.</summary>
    /// <returns>Whether that was all there is to do.</returns>
    private bool IsSettled(FolderPair folders, byte* name, byte* target, out Fault fault)
    {
        fault = default;
        if (Kernel.StatusOf(folders.Target, target, out FileStatus existing) < 0)
            return false;
        int result = Kernel.StatusOf(folders.Source, name, out FileStatus source);
        if (result < 0)
        {
            fault = Fault.OfSource("cannot read the status", result);
            return true;
        }

        switch (EntryRule.Decide(source, existing))
        {
            case ExistingEntry.Replace:
                return false;
            case ExistingEntry.SameFile:
                fault = Fault.Of(CopyErrorKind.SameFile, "not copied: it is the same file as the one in the destination");
                return true;
            case ExistingEntry.Conflict:
                fault = Fault.Of(CopyErrorKind.DestinationConflict, "not copied: a folder has its name in the destination");
                return true;
            case ExistingEntry.OnlyModeDiffers:
                result = Kernel.SetModeOf(folders.Target, target, ModeRule.Final(source, existing.UserId, existing.GroupId));
                break;
        }

        if (result < 0)
        {
            fault = Fault.OfMetadata("cannot set the mode", result);
            return true;
        }

        tally.FilesUnchanged++;
        tally.BytesPassed += source.Size;
        return true;
    }

    private int Create(int folder, byte* temporary, uint mode)
    {
        int descriptor = Open(folder, temporary, OpenFlags.CreateFile, mode);
        // The name is this worker's own, so what has it was left by one that had the same number and was killed.
        if (descriptor == -Errno.Exists && Kernel.RemoveFile(folder, temporary) == 0)
            descriptor = Open(folder, temporary, OpenFlags.CreateFile, mode);
        return descriptor;
    }

    /// <summary>Folders that are open in case they are needed again must not cost a file.</summary>
    private int Open(int folder, byte* name, int flags, uint mode = 0)
    {
        int descriptor = Kernel.Open(folder, name, flags, mode);
        if (descriptor is not (-Errno.TooManyOpen or -Errno.TooManyOpenInSystem))
            return descriptor;
        closeIdleFolders();
        return Kernel.Open(folder, name, flags, mode);
    }
}
