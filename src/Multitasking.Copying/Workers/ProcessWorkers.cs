using System.Collections.Concurrent;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Parts;
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
    private int _idle;

    internal ProcessWorkers(CopyTree tree, int count, CancellationToken cancellation) : base(cancellation)
    {
        _tree = tree;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _parts = new BlockingCollection<GatheredPart>(count);
        _workers = [.. Enumerable.Range(0, count).Select(_ => new ProcessWorker(tree, _stop.Token))];
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
    }

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
        var builder = new PartBuilder();
        while (TakeNext(builder, out TreeFolder? folder, out EntryBlock? block))
        {
            if (folder is not null)
                block = walker.ReadNext(folder);
            if (block is not null)
                Gather(block, builder);
        }

        _parts.CompleteAdding();
    }

    /// <summary>What was gathered is handed over before this waits: what it waits for may be in it.</summary>
    private bool TakeNext(PartBuilder builder, out TreeFolder? folder, out EntryBlock? block)
    {
        if (_tree.Queue.TryTake(out folder, out block))
            return true;
        HandOver(builder);
        return _tree.Queue.Take(out folder, out block);
    }

    private void Gather(EntryBlock block, PartBuilder builder)
    {
        TreeFolder folder = block.Folder;
        if (!builder.Accepts(folder))
            HandOver(builder);
        int source = _tree.Open.Pin(folder.Source);
        while (!IsStopping && block.TryTake(out FolderEntry entry))
        {
            if (entry.Kind == FileKind.Folder || entry.IsDots)
                continue;
            builder.Add(folder, entry, SizeOf(source, entry));
            if (builder.IsFull || (builder.IsWorthwhile && Volatile.Read(ref _idle) > _parts.Count))
                HandOver(builder);
        }

        if (source >= 0)
            _tree.Open.Unpin(folder.Source);
        if (_tree.Queue.Leave(block))
            _tree.End(folder);
    }

    private static unsafe long SizeOf(int folder, FolderEntry entry) =>
        folder >= 0 && entry.Kind == FileKind.Regular && Kernel.StatusOf(folder, entry.Name, out FileStatus status) == 0 ? status.Size : 0;

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
