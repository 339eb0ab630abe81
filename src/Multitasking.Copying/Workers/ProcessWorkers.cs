using System.Collections.Concurrent;
using Multitasking.Copying.Copying;
using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Pacing;
using Multitasking.Copying.Parts;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>
/// Workers that are child processes, one for each part of the tree. One thread here reads the source and creates the folders; as many as
/// there are to be processes each start one, wait for it and, should it be lost, give what it had not settled to another.
/// </summary>
internal sealed class ProcessWorkers : CopyWorkers
{
    private readonly CopyTree _tree;
    private readonly CancellationTokenSource _stop;
    private readonly BlockingCollection<GatheredPart> _parts;
    private readonly Tally _walked = new();
    private readonly ProcessWorker[] _workers;
    private readonly SharedPace _pace;
    private readonly HardLinkTable? _hardLinks;
    private readonly TreeCopier? _linkCopier;
    private int _idle;

    internal ProcessWorkers(CopyTree tree, CopyOptions options, int count, CancellationToken cancellation) : base(tree.Log, cancellation)
    {
        _tree = tree;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _parts = new BlockingCollection<GatheredPart>(count);
        _pace = SharedPace.Of(options.Pause, options.BytesPerSecond);
        var routes = new CopyRoutes(tree.Settings);
        var pacer = new ThreadPacer(options.Pause, options.BytesPerSecond);
        if (tree.Settings.Keeps(CopyPreserve.HardLinks))
        {
            _hardLinks = new HardLinkTable();
            _linkCopier = LinkCopier(_walked, routes, pacer);
        }

        _workers = [.. Enumerable.Range(0, count).Select(_ => new ProcessWorker(tree, options, _hardLinks is null ? null : linked => LinkCopier(linked, routes, pacer), _stop.Token))];
    }

    internal override int Lost => _workers.Sum(worker => worker.Lost);

    internal override Tally Sum()
    {
        Tally sum = _walked.Copy();
        foreach (ProcessWorker worker in _workers)
            worker.AddTo(sum);
        return sum;
    }

    public override void Dispose()
    {
        base.Dispose();
        _parts.Dispose();
        _stop.Dispose();
        _pace.Dispose();
    }

    internal override IReadOnlyList<FilePath> Current() => [.. _workers.Select(worker => worker.Current()).Where(path => !path.IsEmpty)];

    protected override void StartThreads()
    {
        StartThread(Walk);
        foreach (ProcessWorker worker in _workers)
            StartThread(() => Work(worker));
    }

    protected override void Stop()
    {
        _tree.Queue.Stop();
        _stop.Cancel();
    }

    private void Walk()
    {
        var walker = new Walker(_tree, _walked);
        var builder = new PartBuilder(_tree, _pace);
        while (TakeNext(builder, out TreeFolder? folder, out SharedBlock? block))
        {
            if (folder is not null)
                block = walker.ReadNext(folder);
            if (block is not null)
                Gather(block, builder);
        }

        _parts.CompleteAdding();
    }

    /// <summary>What was gathered is handed over before this waits: what it waits for may be in it.</summary>
    private bool TakeNext(PartBuilder builder, out TreeFolder? folder, out SharedBlock? block)
    {
        if (_tree.Queue.TryTake(out folder, out block))
            return true;
        HandOver(builder);
        return _tree.Queue.Take(out folder, out block);
    }

    private void Gather(SharedBlock block, PartBuilder builder)
    {
        TreeFolder folder = block.Folder;
        if (!builder.Accepts(folder))
            HandOver(builder);
        int source = _tree.Open.Pin(folder.Source);
        try
        {
            Gather(folder, source, block, builder);
        }
        finally
        {
            if (source >= 0)
                _tree.Open.Unpin(folder.Source);
        }

        if (_tree.Queue.Leave(block))
            _tree.End(folder);
    }

    /// <exception cref="OperationCanceledException">The run ends.</exception>
    private void Gather(TreeFolder folder, int source, SharedBlock block, PartBuilder builder)
    {
        while (!IsStopping && block.TryTake(out FolderEntry entry))
        {
            if (entry.Kind == FileKind.Folder || entry.IsLeftOut)
                continue;
            Gather(folder, source, entry, builder);
            if (builder.IsFull || (builder.IsWorthwhile && Volatile.Read(ref _idle) > _parts.Count))
                HandOver(builder);
        }
    }

    private unsafe void Gather(TreeFolder folder, int source, FolderEntry entry, PartBuilder builder)
    {
        Fault missing = _tree.EnsureCreated(folder);
        if (!missing.IsNone)
        {
            _walked.Count(Outcome.Failed(missing));
            _tree.Log.AddForGood(folder.PathOf(entry.NameBytes), missing);
            return;
        }

        if (folder.Names is { } names && !TryTake(names, folder, source, entry))
            return;
        FileStatus status = default;
        bool isKnown = source >= 0 && (entry.Kind == FileKind.Regular || _hardLinks is not null)
            && (_tree.Settings.FollowsLinks ? Kernel.StatusFollowed(source, entry.Name, out status) : Kernel.StatusOf(source, entry.Name, out status)) == 0;
        long size = isKnown && entry.Kind == FileKind.Regular ? status.Size : 0;
        if (_hardLinks is null || !isKnown || status.Links < 2 || _tree.Settings.Filter?.Accepts(status, out _) == false)
        {
            builder.Add(folder, entry, size);
            return;
        }

        LaterName? later;
        bool isFirst;
        fixed (byte* targetName = folder.TargetName)
            isFirst = _hardLinks.TryClaim(status, folder, entry.Name, targetName is null ? entry.Name : targetName, out later);
        if (isFirst)
        {
            builder.Add(folder, entry, size);
            builder.MarkFirstName(status.Identity);
        }
        else if (later is not null)
        {
            _linkCopier!.MakeLater(later);
        }
    }

    /// <summary>Where names may be taken for one, decides before a process does whether an entry may take what is in its place.</summary>
    /// <returns>Whether it may; if not, that was reported.</returns>
    private unsafe bool TryTake(FoldingNames names, TreeFolder folder, int source, FolderEntry entry)
    {
        int destination = folder.IsNew ? -1 : _tree.Open.Pin(folder.Destination);
        entry.MustBeNew = true;
        if (destination < 0)
            return true;
        bool isTaken = false;
        fixed (byte* targetName = folder.TargetName)
        {
            byte* target = targetName is null ? entry.Name : targetName;
            if (Kernel.StatusOf(destination, target, out FileStatus there) == 0)
            {
                isTaken = !names.TryTake(folder.CopiesAllNames ? source : -1, destination, target, there.Identity);
                entry.MustBeNew = false;
            }
        }

        _tree.Open.Unpin(folder.Destination);
        if (!isTaken)
            return true;
        Fault fault = Publication.NamesAreOne;
        _walked.Count(Outcome.Failed(fault));
        _tree.Log.AddForGood(folder.PathOf(entry.NameBytes), fault);
        return false;
    }

    /// <summary>Makes hard links, which is no more than what the walk does itself in creating folders; and copies what cannot be one.</summary>
    private TreeCopier LinkCopier(Tally tally, CopyRoutes routes, ThreadPacer pacer) => new(
        _tree,
        new Lazy<CopierTools>(() => new CopierTools(_tree.Settings, routes, pacer, tally, WorkerName.Next(), _tree.Open.CloseIdle, _stop.Token)),
        _hardLinks);

    private void HandOver(PartBuilder builder)
    {
        if (!builder.IsEmpty)
            _parts.Add(builder.Take(), _stop.Token);
    }

    private void Work(ProcessWorker worker)
    {
        while (TryTakePart(out GatheredPart? part))
        {
            worker.Copy(part);
            foreach (PartRun run in part.Part.Runs)
                _tree.End(part.Folders[run.Folder]);
        }
    }

    private bool TryTakePart(out GatheredPart part)
    {
        Interlocked.Increment(ref _idle);
        bool taken = _parts.TryTake(out part!, Timeout.Infinite, _stop.Token);
        Interlocked.Decrement(ref _idle);
        return taken;
    }
}
