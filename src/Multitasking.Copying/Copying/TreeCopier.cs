using System.Runtime.InteropServices;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Copying;

/// <summary>
/// Copies entries of the tree in the process that walks it: tries again what is to be tried again, makes the further names of what has several, counts, and tells.
/// </summary>
/// <param name="tree">The tree.</param>
/// <param name="tools">What the worker copies with; made when the first entry is.</param>
/// <param name="hardLinks">The files with several names; null where nobody asked.</param>
internal sealed unsafe class TreeCopier(CopyTree tree, Lazy<CopierTools> tools, HardLinkTable? hardLinks)
{
    private EntryCopier? _copier;
    private HardLinkMaker? _linker;

    private EntryCopier Copier => _copier ??= new EntryCopier(tools.Value, hardLinks, tree.Backup);

    private HardLinkMaker Linker => _linker ??= new HardLinkMaker(tree, tools.Value, tree.Backup);

    /// <summary>Copies one entry, and what waits for it.</summary>
    internal void Copy(TreeFolder folder, in OpenPair open, byte* name, byte* target, FileKind kind)
    {
        if (!open.Fault.IsNone)
        {
            Settle(folder, name, open.Fault);
            return;
        }

        Outcome outcome = Copier.Copy(PlaceOf(folder, open, name, target, kind));
        FileIdentity? claimed = Copier.Claimed;
        for (int attempt = 1; outcome.IsFailure && TriesAgain(folder, name, outcome, attempt); attempt++)
        {
            Outcome before = outcome;
            outcome = Copier.Copy(PlaceOf(folder, open, name, target, kind, isRepeated: true));
            // An attempt may fail before it looks which file it is; what an earlier one claimed is settled by the last in any case. Another file by now has a claim of its own.
            FileIdentity? again = Copier.Claimed;
            if (claimed is { } other && again is not null && again != other)
                SettleFile(other, before);
            claimed = again ?? claimed;
        }

        LaterName? later = Copier.Later;
        if (outcome is { IsSettled: true, IsFailure: false })
            Settle(folder, name, outcome);
        if (later is not null)
            MakeLater(later);
        if (claimed is { } file)
            SettleFile(file, outcome);
    }

    /// <summary>Says how the first name of a file went; the names that have waited for it are made, or tried in its stead.</summary>
    internal void SettleFile(FileIdentity file, in Outcome outcome)
    {
        // What was kept in the place of the first name is another file, whatever it holds: the next name is copied.
        bool isComplete = !outcome.IsFailure && outcome.Kind is not (CopyEventKind.Kept or CopyEventKind.Excluded);
        foreach (LaterName later in hardLinks!.Settle(file, isComplete))
        {
            if (isComplete)
                MakeLater(later);
            else if (outcome.IsFailure && outcome.Fault.Kind is (CopyErrorKind.WorkerLost or CopyErrorKind.WorkerHung))
                Fail(later, Fault.Of(outcome.Fault.Kind, "not copied: the same file under its first name was not"));
            else
                CopyAnew(later);
            tree.End(later.Folder);
        }
    }

    /// <summary>Makes a further name of a file that is complete.</summary>
    internal void MakeLater(LaterName later)
    {
        for (int attempt = 1; ; attempt++)
        {
            Outcome outcome = Linker.Make(later, out bool mustBeCopied);
            if (mustBeCopied)
            {
                hardLinks!.Forget(later.Status.Identity);
                CopyAnew(later);
                return;
            }

            fixed (byte* name = later.Name)
                if (!outcome.IsFailure)
                {
                    Settle(later.Folder, name, outcome);
                    return;
                }
                else if (!TriesAgain(later.Folder, name, outcome, attempt))
                {
                    return;
                }
        }
    }

    private void CopyAnew(LaterName later)
    {
        using var open = new OpenPair(tree, later.Folder);
        fixed (byte* name = later.Name)
        fixed (byte* target = later.Target)
            Copy(later.Folder, open, name, target, later.Status.Kind);
    }

    private void Fail(LaterName later, Fault fault)
    {
        fixed (byte* name = later.Name)
            Settle(later.Folder, name, fault);
    }

    private bool TriesAgain(TreeFolder folder, byte* name, in Outcome outcome, int attempt)
    {
        if (tree.Log.Add(folder.PathOf(Text(name)), outcome.Fault, attempt))
            return true;
        tools.Value.Tally.Count(outcome);
        NoteLoss(folder, outcome);
        return false;
    }

    private void Settle(TreeFolder folder, byte* name, in Outcome outcome)
    {
        tools.Value.Tally.Count(outcome);
        NoteLoss(folder, outcome);
        if (outcome.IsFailure)
            tree.Log.AddForGood(folder.PathOf(Text(name)), outcome.Fault);
        else if (tree.Log.TellsEvents)
            tree.Log.Tell(outcome.Kind, folder.PathOf(Text(name)), outcome.Bytes, outcome.Reason);
    }

    private static void NoteLoss(TreeFolder folder, in Outcome outcome)
    {
        if (outcome is { IsFailure: true, Fault.Kind: CopyErrorKind.SourceMissing })
            folder.HasLostEntries = true;
    }

    private static EntryPlace PlaceOf(TreeFolder folder, in OpenPair open, byte* name, byte* target, FileKind kind, bool isRepeated = false) => new()
    {
        Folders = open.Folders,
        Name = name,
        Target = target,
        Kind = kind,
        Folder = folder,
        IsRepeated = isRepeated,
        Destination = folder.Destination,
    };

    private static ReadOnlySpan<byte> Text(byte* name) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
}
