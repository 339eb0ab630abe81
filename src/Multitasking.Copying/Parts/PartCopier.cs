using Multitasking.Copying.Copying;
using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Pacing;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Parts;

/// <summary>Copies a part, in the process that it was given to.</summary>
internal sealed unsafe class PartCopier
{
    private readonly CopyPart _part;
    private readonly OpenFolders _open = new(OpenFolders.DefaultCapacity());
    private readonly FolderPlace[] _sources;
    private readonly FolderPlace[] _destinations;
    private readonly Tally _tally = new();
    private readonly CopierTools _tools;
    private EntryCopier? _copier;
    private int _reached;
    private int _offset;

    private PartCopier(CopyPart part, CancellationToken cancellation)
    {
        _part = part;
        _sources = new FolderPlace[part.Folders.Length];
        _destinations = new FolderPlace[part.Folders.Length];
        // The process is this part's alone, so its mask can make way for the modes of the source, which saves a call for files that the user's mask would cut.
        if (part.Settings.Keeps(CopyPreserve.Mode))
            Kernel.SetCreationMask(0);
        _tools = new CopierTools(part.Settings, new CopyRoutes(part.Settings), new ProcessPacer(part.Pace), _tally, part.TemporaryName, _open.CloseIdle, cancellation);
    }

    /// <summary>Copies from the part's first entry to its end.</summary>
    /// <returns>The last report.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left half-written.</exception>
    internal static PartReport Copy(CopyPart part, IProgress<PartReport> progress, CancellationToken cancellation)
    {
        // A terminal sends them to every process on it. The parent ends this one in order, and without half of a small file.
        Kernel.IgnoreTerminalSignals();
        FaultScript.Install(part.Settings.Faults);
        return new PartCopier(part, cancellation).Copy(progress);
    }

    private PartReport Copy(IProgress<PartReport> progress)
    {
        using FolderHandle? source = OpenRoot(_part.Roots.Source, _part.Roots.SourceIdentity, out Fault sourceLost);
        using FolderHandle? destination = OpenRoot(_part.Roots.Destination, _part.Roots.DestinationIdentity, out Fault destinationLost);
        Fault backupLost = default;
        using FolderHandle? backup = _part.Roots.Backup < 0 ? null : OpenRoot(_part.Roots.Backup, _part.Roots.BackupIdentity, out backupLost);
        Fault lost = !sourceLost.IsNone ? sourceLost : !destinationLost.IsNone ? destinationLost : backupLost;
        if (lost.IsNone)
            PlaceFolders(source!, destination!);
        _copier = new EntryCopier(_tools, hardLinks: null, backup is null ? null : new Backup(backup, _part.Roots.BackupSince, _open));
        using var reporter = new PartReporter(_part.First, _tally, progress);
        foreach (PartRun run in _part.Runs)
            Copy(run, reporter, lost);
        _open.CloseIdle();
        return reporter.Last();
    }

    private FolderHandle? OpenRoot(int descriptor, FileIdentity identity, out Fault lost)
    {
        int opened = NativePath.Open($"/proc/{_part.Roots.ProcessId}/fd/{descriptor}", OpenFlags.PathOnly | OpenFlags.FolderFollowed);
        int result = opened < 0 ? opened : Kernel.Status(opened, out FileStatus status) is < 0 and var failed ? failed : status.Identity == identity ? 0 : -Errno.Stale;
        lost = result < 0 ? Fault.OfSource("cannot open the folder of the process that copies it", result) : default;
        if (result == 0)
            return new FolderHandle(opened);
        if (opened >= 0)
            Kernel.Close(opened);
        return null;
    }

    private void PlaceFolders(FolderHandle source, FolderHandle destination)
    {
        for (int i = 0; i < _part.Folders.Length; i++)
        {
            PartFolder folder = _part.Folders[i];
            _sources[i] = folder.Parent < 0
                ? new FolderPlace(source, folder.SourceIdentity) { Flags = _part.Settings.FolderFlags }
                : new FolderPlace(_sources[folder.Parent], folder.SourceName) { Identity = folder.SourceIdentity };
            _destinations[i] = folder.Parent < 0
                ? new FolderPlace(destination, folder.DestinationIdentity)
                : new FolderPlace(_destinations[folder.Parent], folder.DestinationName) { Identity = folder.DestinationIdentity };
        }
    }

    private void Copy(PartRun run, PartReporter reporter, Fault lost)
    {
        int end = _reached + run.Count;
        if (end <= _part.First || _reached >= _part.End)
        {
            Skip(run.Count);
            return;
        }

        int source = lost.IsNone ? _open.Pin(_sources[run.Folder]) : -1;
        int destination = source < 0 ? -1 : _open.Pin(_destinations[run.Folder]);
        if (lost.IsNone)
            lost = source < 0 ? Fault.OfSource("cannot open its folder again", source)
                : destination < 0 ? Fault.OfDestination("cannot open its copied folder again", destination)
                : default;
        if (_reached < _part.First)
            Skip(_part.First - _reached);
        CopyEntries(run.Folder, Math.Min(end, _part.End), source, destination, reporter, lost);
        Skip(end - _reached);
        if (source >= 0)
            _open.Unpin(_sources[run.Folder]);
        if (destination >= 0)
            _open.Unpin(_destinations[run.Folder]);
    }

    private void CopyEntries(int index, int end, int source, int destination, PartReporter reporter, Fault lost)
    {
        PartFolder folder = _part.Folders[index];
        var folders = new FolderPair(source, destination, folder.IsNew && !_part.IsRepeated, folder.PassesLists);
        fixed (byte* targetName = folder.TargetName)
        fixed (byte* entries = _part.Entries)
            while (_reached < end)
            {
                var entry = new FolderEntry(entries + _offset);
                var place = new EntryPlace
                {
                    Folders = folders,
                    Name = entry.Name,
                    Target = targetName is null ? entry.Name : targetName,
                    Kind = entry.Kind,
                    Destination = _destinations[index],
                    IsRepeated = _part.IsRepeated,
                    MustBeNew = folder.FoldsNames && entry.MustBeNew,
                };
                Outcome outcome = lost.IsNone ? _copier!.Copy(place) : Outcome.Failed(lost);
                _tally.Count(outcome);
                PartError? error = outcome.IsFailure ? new PartError(index, [.. entry.NameBytes], outcome.Fault, _reached) : null;
                PartEvent? happened = _part.Settings.TellsEvents && !outcome.IsFailure
                    ? new PartEvent(index, [.. entry.NameBytes], outcome.Kind, outcome.Bytes, outcome.Reason)
                    : null;
                Skip(1);
                bool isKept = outcome.Kind is CopyEventKind.Kept or CopyEventKind.Excluded && _part.Settings.Keeps(CopyPreserve.HardLinks);
                reporter.Settle(error, happened, isKept);
            }
    }

    private void Skip(int count)
    {
        fixed (byte* entries = _part.Entries)
            for (; count > 0; count--, _reached++)
                _offset += new FolderEntry(entries + _offset).Length;
    }
}
