using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Metadata;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Removing;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Copying;

/// <summary>
/// Copies everything but folders, one entry at a time, for one worker: decides about what is there already, and has the rest written.
/// </summary>
/// <param name="tools">What the worker copies with.</param>
/// <param name="hardLinks">The files with several names; null where nobody asked, and in worker processes.</param>
/// <param name="backup">Where replaced files go; null for nowhere.</param>
internal sealed unsafe class EntryCopier(CopierTools tools, HardLinkTable? hardLinks, Backup? backup)
{
    private readonly CopySettings _settings = tools.Settings;
    private readonly RegularFile _files = new(tools);
    private readonly SymbolicLink _links = new(tools);
    private readonly SpecialFile _specials = new(tools);

    /// <summary>
    /// The file with several names of which the last call of <see cref="Copy"/> copied the first; who called must say how that went.
    /// </summary>
    internal FileIdentity? Claimed { get; private set; }

    /// <summary>The further name that the last call met, of a file whose first is complete; who called must have it made.</summary>
    internal LaterName? Later { get; private set; }

    /// <summary>Copies one entry.</summary>
    /// <returns>What became of it; not settled when it is a further name of a file whose first is not.</returns>
    /// <exception cref="OperationCanceledException">Before it, or in the middle of a large file; nothing of it is left.</exception>
    internal Outcome Copy(in EntryPlace place)
    {
        tools.Pass(0);
        Claimed = null;
        Later = null;
        Existing existing = default;
        if (!place.Folders.TargetIsNew)
        {
            int result = Kernel.StatusOf(place.Folders.Target, place.Target, out FileStatus there);
            if (result is < 0 and not -Errno.NotFound)
                return Fault.OfDestination("cannot look at its place", result);
            if (result == 0)
                existing = new Existing(there);
            if (existing.Is && IsTaken(place, there))
                return Publication.Collision(place);
        }

        // A file is looked at once it is open; what is never opened, and what may not need to be, before.
        if (place.Kind == FileKind.Regular && !existing.Is && hardLinks is null)
            return _files.Copy(place, existing, backup);
        int looked = _settings.FollowsLinks
            ? Kernel.StatusFollowed(place.Folders.Source, place.Name, out FileStatus source)
            : Kernel.StatusOf(place.Folders.Source, place.Name, out source);
        if (looked < 0)
            return Fault.OfSource(
                _settings.FollowsLinks && place.Kind == FileKind.SymbolicLink ? "cannot follow the link" : "cannot read its status",
                looked);
        if (source.Kind == FileKind.Folder)
            return Fault.Of(CopyErrorKind.SourceChanged, "it became a folder while it was being copied");
        if (_settings.Filter is { } filter && !filter.Accepts(source, out string? reason))
            return Outcome.Of(CopyEventKind.Excluded, reason: reason);
        if (IsLaterName(place, source))
            return default;
        if (existing.Is && Settle(place, source, ref existing) is { IsSettled: true } settled)
            return settled;
        return source.Kind switch
        {
            FileKind.Regular => _files.Copy(place, existing, backup),
            FileKind.SymbolicLink => _links.Copy(place, source, existing, backup),
            _ => _specials.Copy(place, source, existing, backup),
        };
    }

    /// <summary>Tells whether another entry of this run has its place, under a name that the file system takes for the same.</summary>
    private static bool IsTaken(in EntryPlace place, in FileStatus there)
    {
        // What a process that was lost has written is called exactly so. Another entry's may well have its size and time.
        if (place.MustBeNew)
            return !FoldingNames.HasExactly(place.Folders.Target, place.Target);
        return place.Folder is { Names: { } names } folder
            && !names.TryTake(folder.CopiesAllNames ? place.Folders.Source : -1, place.Folders.Target, place.Target, there.Identity);
    }

    private bool IsLaterName(in EntryPlace place, in FileStatus source)
    {
        if (hardLinks is null || source.Links < 2 || place.Folder is null)
            return false;
        if (!hardLinks.TryClaim(source, place.Folder, place.Name, place.Target, out LaterName? later))
        {
            Later = later;
            return true;
        }

        Claimed = source.Identity;
        return false;
    }

    /// <summary>Deals with what is in the destination already.</summary>
    /// <returns>What that came to, if it was all there is to do.</returns>
    private Outcome Settle(in EntryPlace place, in FileStatus source, ref Existing existing)
    {
        if (SymbolicLink.WouldReplaceItsTarget(place, source, existing.Status))
            return Fault.Of(CopyErrorKind.SameFile, "not copied: the link leads to the file that it would replace");
        Decision decision = EntryRule.Decide(source, existing.Status, _settings);
        if (decision.Entry == ExistingEntry.CompareContents)
        {
            Fault fault = source.Kind == FileKind.SymbolicLink
                ? _links.Compare(place, out bool same)
                : ContentComparison.Compare(tools, place, out same);
            if (!fault.IsNone)
                return fault;
            decision = !same ? new(ExistingEntry.Replace, "its contents differ")
                : (source.HasSameTimeAs(existing.Status) || !_settings.Keeps(CopyPreserve.Times))
                    && EntryRule.HasSameMetadata(source, existing.Status, _settings)
                    ? new(ExistingEntry.Unchanged, null)
                : new(ExistingEntry.OnlyMetadataDiffers, "its contents are the same, its time or mode is not");
        }

        long size = source.Kind == FileKind.Regular ? source.Size : 0;
        switch (decision.Entry)
        {
            case ExistingEntry.SameFile:
                return Fault.Of(CopyErrorKind.SameFile, "not copied: it is the same file as the one in the destination");
            case ExistingEntry.Conflict:
                return Fault.Of(CopyErrorKind.DestinationConflict, "not copied: a folder has its name in the destination");
            case ExistingEntry.Keep:
                return Outcome.Passing(CopyEventKind.Kept, size, decision.Reason);
            case ExistingEntry.Unchanged:
                return RemoveMoved(place, source, WithAttributes(place, source, size, reason: null));
            case ExistingEntry.OnlyMetadataDiffers:
                return RemoveMoved(place, source, WithAttributes(place, source, size, decision.Reason));
            default:
                existing = existing with { Reason = decision.Reason, IsFolder = decision.Entry == ExistingEntry.ReplaceFolder };
                return default;
        }
    }

    /// <summary>Contents that are there already get what is missing beside them.</summary>
    private Outcome WithAttributes(in EntryPlace place, in FileStatus source, long size, string? reason)
    {
        bool isComplete = reason is null
            && (!_settings.Keeps(CopyPreserve.ExtendedAttributes | CopyPreserve.AccessControl) || HasSameAttributes(place));
        if (isComplete)
            return Outcome.Passing(CopyEventKind.Unchanged, size);
        Fault fault = _settings.DryRun
            ? default
            : EntryMetadata.Apply(place.Folders.Source, place.Name, place.Folders.Target, place.Target, source, _settings);
        return fault.IsNone ? Outcome.Passing(CopyEventKind.MetadataUpdated, size, reason ?? "its attributes differ") : fault;
    }

    private bool HasSameAttributes(in EntryPlace place) =>
        EntryMetadata.HasSameAttributes(place.Folders.Source, place.Name, place.Folders.Target, place.Target, _settings);

    private Outcome RemoveMoved(in EntryPlace place, in FileStatus source, Outcome outcome)
    {
        if (!_settings.Move || _settings.DryRun || outcome.IsFailure)
            return outcome;
        Fault fault = MovedSource.Remove(place, source);
        return fault.IsNone ? outcome : fault;
    }
}
