using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Metadata;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Walking;

/// <summary>
/// Finds out what <c>SRC... DST</c> means here, refuses what cannot be meant before anything was written, and opens what the run begins
/// with.
/// </summary>
internal sealed class RootPlanner
{
    /// <summary>What the user's mask leaves of everything.</summary>
    private const uint OrdinaryFolder = 0x1FF;

    private readonly List<NamedSource> _sources;
    private readonly FilePath _destination;
    private readonly bool _destinationExists;
    private readonly FileStatus _destinationStatus;
    private readonly bool _goesInto;
    private readonly CopyOptions _options;
    private readonly CopySettings _settings;
    private int _foldersCreated;
    private FoldingNames? _names;

    private RootPlanner(IReadOnlyList<FilePath> sources, FilePath destination, CopyOptions options, CopySettings settings)
    {
        _options = options;
        _settings = settings;
        _destination = DestinationRule.WithoutTrailingSlashes(destination);
        _sources = [.. sources.Select(source => NamedSource.Find(source, _destination, options.SymbolicLinks != SymbolicLinkHandling.Keep))];
        _destinationExists = NativePath.StatusFollowed(_destination, out _destinationStatus) == 0;
        // A link that leads to a folder may be what this very copy made before.
        bool isLinkOntoLink = _sources[0].Status.Kind == FileKind.SymbolicLink
            && NativePath.Status(_destination, out FileStatus itself) == 0 && itself.Kind == FileKind.SymbolicLink;
        bool destinationIsFolder = _destinationExists && _destinationStatus.Kind == FileKind.Folder && !isLinkOntoLink;
        _goesInto = DestinationRule.GoesInto(sources.Count, _sources[0].IsFolder, destination, destinationIsFolder);
    }

    private bool NeedsFolder => _goesInto || _sources[0].IsFolder;

    /// <exception cref="CopyRefusedException">It cannot be meant, or source or destination cannot be opened.</exception>
    internal static CopyRoots Plan(IReadOnlyList<FilePath> sources, FilePath destination, CopyOptions options, CopySettings settings)
    {
        var planner = new RootPlanner(sources, destination, options, settings);
        planner.Refuse();
        return planner.Open();
    }

    private void Refuse()
    {
        NamedSource first = _sources[0];
        if (NeedsFolder && _destinationExists && _destinationStatus.Kind != FileKind.Folder)
            throw first.Refuse(CopyErrorKind.DestinationConflict, $"cannot copy to '{_destination}': it is not a folder");
        List<FileIdentity>? around = null;
        var names = new Dictionary<FilePath, NamedSource>();
        foreach (NamedSource source in _sources)
        {
            if (_goesInto && !names.TryAdd(new FilePath(source.TargetName), source))
                throw source.Refuse(
                    CopyErrorKind.NameCollision,
                    $"it and '{names[new FilePath(source.TargetName)].Path}' would both become '{DestinationRule.Join(_destination, source.TargetName)}'");
            if (IsItself(source))
                throw source.Refuse(CopyErrorKind.SameFile, $"cannot copy onto itself: '{_destination}' is the same {(source.IsFolder ? "folder" : "file")}");
            if (source.IsFolder && (around ??= FoldersAround(_destination)).Contains(source.Status.Identity))
                throw source.Refuse(CopyErrorKind.IntoItself, $"cannot copy a folder into itself: '{_destination}' lies in it");
        }

        RefuseBackup();
        RefuseSourceInMirror();
        if (_goesInto)
            foreach (NamedSource source in _sources)
                RefuseEmptySource(source, TargetOf(source));
        else if (NeedsFolder)
            RefuseEmptySource(_sources[0], _destination);
    }

    private void RefuseBackup()
    {
        if (_options.BackupFolder.IsEmpty)
            return;
        List<FileIdentity> around = FoldersAround(_options.BackupFolder);
        bool exists = NativePath.StatusFollowed(_options.BackupFolder, out FileStatus status) == 0;
        FileIdentity? destination = FoldersAround(_destination) is [var nearest, ..] ? nearest : null;
        string? problem = exists && status.Kind != FileKind.Folder ? "it is not a folder"
            : exists && _destinationExists && status.Identity == _destinationStatus.Identity ? "it is the destination"
            : _sources.Any(source => source.IsFolder && around.Contains(source.Status.Identity)) ? "it lies in the source"
            : around is [var place, ..] && destination is { } other && place.Device != other.Device ? "it lies on another file system than the destination"
            : null;
        if (problem is not null)
            throw _sources[0].Refuse(CopyErrorKind.DestinationConflict, $"cannot back up to '{_options.BackupFolder}': {problem}");
    }

    /// <summary>What a mirror removes, or replaces, must not be what it copies.</summary>
    private void RefuseSourceInMirror()
    {
        if (!_options.Mirror)
            return;
        var targets = new Dictionary<FileIdentity, FilePath>();
        foreach (NamedSource source in _sources)
            if (NativePath.StatusFollowed(TargetOf(source), out FileStatus status) == 0 && status.Kind == FileKind.Folder)
                targets.TryAdd(status.Identity, TargetOf(source));
        if (targets.Count == 0)
            return;
        foreach (NamedSource source in _sources)
            foreach (FileIdentity folder in FoldersAround(source.IsFolder ? source.Path : source.Parent))
                if (targets.TryGetValue(folder, out FilePath target))
                    throw source.Refuse(
                        CopyErrorKind.IntoItself,
                        $"cannot mirror to '{target}', because it lies in it: the mirror could remove it");
    }

    private FilePath TargetOf(NamedSource source) => _goesInto ? DestinationRule.Join(_destination, source.TargetName) : _destination;

    /// <summary>A source that was not mounted must not empty its mirror.</summary>
    private void RefuseEmptySource(NamedSource source, FilePath target)
    {
        if (_options is { Mirror: true, AllowEmptySource: false } && source.IsFolder && FolderAccess.IsEmpty(source.Path) && FolderAccess.HasEntries(target))
            throw source.Refuse(
                CopyErrorKind.SourceMissing,
                $"is empty, and mirroring it would remove everything in '{target}': if that is meant, say so (--allow-empty-source)");
    }

    private bool IsItself(NamedSource source)
    {
        FilePath target = TargetOf(source);
        return (NativePath.Status(target, out FileStatus status) == 0 && status.Identity == source.Status.Identity)
            || (NativePath.StatusFollowed(target, out status) == 0 && status.Identity == source.Status.Identity);
    }

    /// <summary>The folder itself, or the nearest that exists above it, and all those above that: by what they are, not by their names.</summary>
    private static List<FileIdentity> FoldersAround(FilePath path)
    {
        int descriptor;
        while ((descriptor = NativePath.Open(path, OpenFlags.PathOnly | OpenFlags.FolderFollowed)) < 0 && path.Bytes is not ([(byte)'/'] or [(byte)'.']))
            path = DestinationRule.ParentOf(path.Bytes);
        var around = new List<FileIdentity>();
        while (descriptor >= 0)
        {
            using var folder = new FileDescriptor(descriptor);
            if (Kernel.Status(descriptor, out FileStatus status) < 0 || (around.Count > 0 && around[^1] == status.Identity))
                break;
            around.Add(status.Identity);
            descriptor = OpenParent(descriptor);
        }

        return around;
    }

    private static unsafe int OpenParent(int folder)
    {
        fixed (byte* parent = "..\0"u8)
            return Kernel.Open(folder, parent, OpenFlags.PathOnly | OpenFlags.FolderFollowed);
    }

    private CopyRoots Open()
    {
        var opened = new List<CopyRoot>();
        try
        {
            if (NeedsFolder && !_goesInto)
                opened.Add(OpenWhole(_sources[0]));
            else
                OpenAllParts(opened);
        }
        catch
        {
            new CopyRoots([.. opened], [], [], 0).Dispose();
            throw;
        }

        var roots = new CopyRoots(
            [.. opened],
            [.. _sources.Where(source => source.IsFolder).Select(source => source.Status.Identity)],
            [.. opened.Where(root => !root.Folder.IsVirtual).Select(root => root.Folder.Destination.Identity)],
            _foldersCreated);
        return _options.BackupFolder.IsEmpty ? roots : WithBackup(roots);
    }

    private CopyRoots WithBackup(CopyRoots roots)
    {
        try
        {
            // Nothing is created, but what is there is no part of the mirror.
            if (_settings.DryRun)
                return NativePath.StatusFollowed(_options.BackupFolder, out FileStatus there) == 0 ? roots with { BackupIdentity = there.Identity } : roots;
            Create(_options.BackupFolder, OrdinaryFolder);
            FolderPlace backup = OpenPlace(_options.BackupFolder, _sources[0], OpenFlags.FolderFollowed, isSource: false);
            var with = roots with { Backup = backup.Handle, BackupIdentity = backup.Identity, BackupSince = Now(backup) };
            string? problem = roots.Sources.Contains(backup.Identity) || roots.Destinations.Contains(backup.Identity) ? "it is the source or the destination"
                : FoldersAround(_options.BackupFolder).Any(roots.Sources.Contains) ? "it lies in the source"
                : backup.Identity.Device != roots.Roots[0].Folder.Destination.Identity.Device ? "it lies on another file system than the destination"
                : null;
            if (problem is null)
                return with;
            with.Backup!.Dispose();
            throw _sources[0].Refuse(CopyErrorKind.DestinationConflict, $"cannot back up to '{_options.BackupFolder}': {problem}");
        }
        catch
        {
            roots.Dispose();
            throw;
        }
    }

    /// <summary>The time by the clock of the folder's file system, which may be another machine's: when something in it is created.</summary>
    private unsafe TimeSpec Now(FolderPlace folder)
    {
        int descriptor = folder.Handle!.Descriptor;
        int process = Environment.ProcessId;
        FileStatus status;
        int result;
        // A name that no worker has: they count from 1.
        fixed (byte* name = TemporaryName.Make(RunToken.Encode(process, ProcessStart.Of(process) ?? 0), worker: 0))
        {
            result = Kernel.MakeFolder(descriptor, name, OrdinaryFolder);
            int looked = Kernel.StatusOf(descriptor, name, out status);
            if (result == 0)
                _ = Kernel.RemoveFolder(descriptor, name);
            result = result is < 0 and not -Errno.Exists ? result : looked;
        }

        if (result == 0)
            return status.Changed;
        folder.Handle.Dispose();
        throw _sources[0].Refuse(Fault.OfDestination($"cannot back up to '{_options.BackupFolder}'", result));
    }

    /// <summary>The source first: when it cannot be opened, nothing may have been created.</summary>
    private CopyRoot OpenWhole(NamedSource source)
    {
        FolderPlace from = OpenPlace(source.Path, source, source.Status.Kind == FileKind.Folder && _options.SymbolicLinks != SymbolicLinkHandling.Keep ? OpenFlags.FolderFollowed : OpenFlags.Folder, isSource: true);
        try
        {
            bool isMissing = NativePath.StatusFollowed(_destination, out _) == -Errno.NotFound;
            if (_settings.DryRun && isMissing)
                return new CopyRoot(Virtual(from, source.Path, source.Status), Entries: null);
            bool isNew = Create(_destination, ModeRule.WhileFilling(source.Status, _settings));
            FolderPlace to = OpenDestination(_destination, source, source.Status);
            var folder = new TreeFolder(from, to, source.Path)
            {
                IsNew = isNew,
                Metadata = source.Status,
                ShownDestination = _destination,
                PassesLists = FolderMetadata.PassesLists(to.Handle!.Descriptor, _settings),
                WholeSource = source.Name.Length == 0 ? default : DestinationRule.Join(source.Parent, source.Name),
                Names = NamesIn(to, isNew),
            };
            return new CopyRoot(folder, Entries: null);
        }
        catch
        {
            from.Handle!.Dispose();
            throw;
        }
    }

    /// <summary>In a dry run a folder that would have to be created: its copy has no descriptor.</summary>
    private TreeFolder Virtual(FolderPlace from, FilePath shown, FileStatus? metadata)
    {
        return new TreeFolder(from, from, shown) { IsNew = true, IsVirtual = true, VirtualDevice = Foresee(_destination), Metadata = metadata, ShownDestination = _destination };
    }

    /// <summary>Counts the folders that would have to be created.</summary>
    /// <returns>The device that they would be on.</returns>
    private ulong Foresee(FilePath path)
    {
        FileStatus status;
        for (; NativePath.StatusFollowed(path, out status) == -Errno.NotFound; path = DestinationRule.ParentOf(path.Bytes))
            _foldersCreated++;
        return status.Identity.Device;
    }

    private void OpenAllParts(List<CopyRoot> opened)
    {
        FilePath destination = _goesInto ? _destination : DestinationRule.ParentOf(_destination.Bytes);
        bool isMissing = _settings.DryRun && NativePath.StatusFollowed(destination, out _) == -Errno.NotFound;
        ulong device = isMissing ? Foresee(destination) : 0;
        bool isNew = isMissing || Create(destination, OrdinaryFolder);
        foreach (IGrouping<(FilePath Parent, FilePath Renamed), NamedSource> siblings in _sources.GroupBy(source => (source.Parent, Renamed(source))))
            opened.Add(OpenParts(siblings.Key.Parent, [.. siblings], destination, isNew, isMissing, device));
    }

    /// <summary>What a source is to be called that cannot keep its name; empty for one that can.</summary>
    private FilePath Renamed(NamedSource source)
    {
        ReadOnlySpan<byte> name = _goesInto ? source.TargetName : DestinationRule.NameOf(_destination.Bytes);
        return _goesInto && name.SequenceEqual(source.Name) ? default : new FilePath(name);
    }

    /// <summary>Several entries of one folder, which is not copied itself: it need not even be readable.</summary>
    private CopyRoot OpenParts(FilePath parent, List<NamedSource> entries, FilePath destination, bool isNew, bool isVirtual, ulong virtualDevice)
    {
        FolderPlace from = OpenPlace(parent, entries[0], OpenFlags.PathOnly | OpenFlags.FolderFollowed, isSource: true);
        try
        {
            FolderPlace to = isVirtual ? from : OpenDestination(destination, entries[0], sourceStatus: null);
            var shown = DestinationRule.NameOf(entries[0].Path.Bytes) is { IsEmpty: false } && !entries[0].Path.Bytes.Contains((byte)'/') ? default : parent;
            var folder = new TreeFolder(from, to, shown)
            {
                IsNew = isNew,
                IsVirtual = isVirtual,
                VirtualDevice = virtualDevice,
                Depth = -1,
                PassesLists = !isVirtual && FolderMetadata.PassesLists(to.Handle!.Descriptor, _settings),
                // All that go into one folder take from the same names.
                Names = isVirtual ? null : _names ??= NamesIn(to, isNew),
                ShownDestination = destination,
                TargetName = Renamed(entries[0]) is { IsEmpty: false } name ? NativePath.Terminated(name) : null,
            };
            var blocks = new List<SharedBlock> { new() };
            foreach (NamedSource entry in entries)
                while (!blocks[^1].TryAdd(entry.Name, entry.Status.Kind))
                    blocks.Add(new SharedBlock());
            foreach (SharedBlock _ in blocks)
                folder.Begin();
            return new CopyRoot(folder, blocks);
        }
        catch
        {
            from.Handle!.Dispose();
            throw;
        }
    }

    private static FoldingNames? NamesIn(FolderPlace destination, bool isNew)
    {
        int folder = destination.Handle!.Descriptor;
        return FoldingNames.AreIn(Kernel.FileSystemType(folder), folder) ? FoldingNames.Of(folder, isNew) : null;
    }

    private FolderPlace OpenDestination(FilePath path, NamedSource source, FileStatus? sourceStatus)
    {
        FolderPlace place;
        try
        {
            place = OpenPlace(path, source, OpenFlags.FolderFollowed, isSource: false);
        }
        catch (CopyRefusedException e) when (e.Error.ErrorNumber == Errno.AccessDenied && !_settings.DryRun && sourceStatus is { } status && LetOwnerIn(path, status))
        {
            place = OpenPlace(path, source, OpenFlags.FolderFollowed, isSource: false);
        }

        int descriptor = place.Handle!.Descriptor;
        if (!_settings.DryRun && sourceStatus is { } folder && !Kernel.IsSuperuser() && Kernel.Status(descriptor, out FileStatus now) == 0 && ModeRule.KeepsOwnerOut(now))
            _ = Kernel.SetMode(descriptor, ModeRule.WhileFilling(folder, _settings));
        if (!_settings.DryRun)
            Leftovers.Remove(descriptor, new EntryBlock());
        return place;
    }

    private unsafe bool LetOwnerIn(FilePath path, in FileStatus source)
    {
        fixed (byte* name = NativePath.Terminated(path))
            return Kernel.SetModeOf(Kernel.CurrentFolder, name, ModeRule.WhileFilling(source, _settings)) == 0;
    }

    private FolderPlace OpenPlace(FilePath path, NamedSource source, int flags, bool isSource)
    {
        int descriptor = NativePath.Open(path, flags);
        FileStatus status = default;
        int result = descriptor < 0 ? descriptor : Kernel.Status(descriptor, out status);
        if (result >= 0)
            return new FolderPlace(new FolderHandle(descriptor), status.Identity) { Flags = isSource ? _settings.FolderFlags : OpenFlags.Folder };
        if (descriptor >= 0)
            Kernel.Close(descriptor);
        throw source.Refuse(isSource ? Fault.OfSource($"cannot open '{path}'", result) : Fault.OfDestination($"cannot open '{path}'", result));
    }

    /// <summary>Creates a folder with this mode, and those above it that are missing.</summary>
    /// <returns>Whether it was not there before.</returns>
    private bool Create(FilePath path, uint mode)
    {
        var missing = new Stack<FilePath>();
        while (NativePath.StatusFollowed(path, out _) == -Errno.NotFound)
        {
            missing.Push(path);
            path = DestinationRule.ParentOf(path.Bytes);
        }

        bool isNew = missing.Count > 0;
        while (missing.TryPop(out FilePath next))
        {
            int result = NativePath.MakeFolder(next, missing.Count == 0 ? mode : OrdinaryFolder);
            if (result == 0)
                _foldersCreated++;
            else if (result == -Errno.Exists && NativePath.StatusFollowed(next, out FileStatus status) == 0 && status.Kind == FileKind.Folder)
                isNew = false;
            else
                throw _sources[0].Refuse(Fault.OfDestination($"cannot create the folder '{next}'", result));
        }

        return isNew;
    }
}
