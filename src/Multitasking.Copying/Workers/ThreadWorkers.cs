using Multitasking.Copying.Copying;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>Workers that are threads: each reads folders and copies what is in them, and helps the others when it finds nothing new.</summary>
internal sealed class ThreadWorkers(CopyTree tree, int count, CancellationToken cancellation) : CopyWorkers(cancellation)
{
    // Cancelled too when a worker fails, or the others would first finish the large files that they are at.
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private readonly Tally[] _tallies = [.. Enumerable.Range(0, count).Select(_ => new Tally())];

    internal override Tally Sum()
    {
        var sum = new Tally();
        foreach (Tally tally in _tallies)
            sum.Add(tally);
        return sum;
    }

    public override void Dispose()
    {
        base.Dispose();
        _stop.Dispose();
    }

    protected override void StartThreads()
    {
        foreach (Tally tally in _tallies)
            StartThread(() => Work(tally));
    }

    protected override void Stop()
    {
        tree.Queue.Stop();
        _stop.Cancel();
    }

    private void Work(Tally tally)
    {
        using CancellationTokenRegistration registration = Cancellation.Register(Stop);
        var walker = new Walker(tree, tally);
        var copier = new EntryCopier(WorkerName.Next(), tally, tree.Open.CloseIdle, _stop.Token);
        while (tree.Queue.Take(out TreeFolder? folder, out EntryBlock? block))
        {
            if (folder is not null)
                block = walker.ReadNext(folder);
            if (block is not null)
                CopyEntries(block, copier);
        }
    }

    private void CopyEntries(EntryBlock block, EntryCopier copier)
    {
        TreeFolder folder = block.Folder;
        int source = tree.Open.Pin(folder.Source);
        int destination = tree.Open.Pin(folder.Destination);
        try
        {
            Fault lost = source < 0 ? Fault.OfSource("cannot open its folder again", source)
                : destination < 0 ? Fault.OfDestination("cannot open its copied folder again", destination)
                : default;
            CopyEntries(block, copier, new FolderPair(source, destination, folder.IsNew), lost);
        }
        finally
        {
            if (source >= 0)
                tree.Open.Unpin(folder.Source);
            if (destination >= 0)
                tree.Open.Unpin(folder.Destination);
            if (tree.Queue.Leave(block))
                tree.End(folder);
        }
    }

    private unsafe void CopyEntries(EntryBlock block, EntryCopier copier, FolderPair folders, Fault lost)
    {
        TreeFolder folder = block.Folder;
        fixed (byte* targetName = folder.TargetName)
            while (!IsStopping && block.TryTake(out FolderEntry entry))
            {
                if (entry.Kind == Interop.FileKind.Folder || entry.IsDots)
                    continue;
                Fault fault = lost.IsNone ? copier.Copy(folders, entry.Name, targetName is null ? entry.Name : targetName, entry.Kind) : lost;
                if (!fault.IsNone)
                    tree.Errors.Add(folder.PathOf(entry.NameBytes), fault);
            }
    }
}
