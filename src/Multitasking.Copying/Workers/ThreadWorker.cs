using Multitasking.Copying.Copying;
using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Pacing;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Walking;

namespace Multitasking.Copying.Workers;

/// <summary>One worker thread.</summary>
internal sealed class ThreadWorker
{
    private readonly CopyTree _tree;
    private readonly Walker _walker;
    private readonly TreeCopier _copier;

    internal ThreadWorker(CopyTree tree, CopyRoutes routes, Pacer pacer, HardLinkTable? hardLinks, CancellationToken cancellation)
    {
        _tree = tree;
        _walker = new Walker(tree, Tally);
        var tools = new Lazy<CopierTools>(() => new CopierTools(tree.Settings, routes, pacer, Tally, WorkerName.Next(), tree.Open.CloseIdle, cancellation));
        _copier = new TreeCopier(tree, tools, hardLinks);
    }

    internal Tally Tally { get; } = new();

    internal CurrentEntry Current { get; } = new();

    /// <summary>Works until everything is done.</summary>
    /// <param name="mayWork">Waits until this worker may; false when it is to go home.</param>
    /// <param name="isStopping">Whether nothing new is to be begun.</param>
    internal void Work(Func<bool> mayWork, Func<bool> isStopping)
    {
        while (mayWork() && _tree.Queue.Take(out TreeFolder? folder, out SharedBlock? block))
        {
            if (folder is not null)
                block = _walker.ReadNext(folder);
            if (block is not null)
                CopyEntries(block, isStopping);
            Current.Clear();
        }
    }

    private void CopyEntries(SharedBlock block, Func<bool> isStopping)
    {
        TreeFolder folder = block.Folder;
        using (var open = new OpenPair(_tree, folder))
            CopyEntries(block, open, isStopping);
        if (_tree.Queue.Leave(block))
            _tree.End(folder);
    }

    private unsafe void CopyEntries(SharedBlock block, in OpenPair open, Func<bool> isStopping)
    {
        TreeFolder folder = block.Folder;
        fixed (byte* targetName = folder.TargetName)
            while (!isStopping() && block.TryTake(out FolderEntry entry))
            {
                if (entry.Kind == FileKind.Folder || entry.IsLeftOut)
                    continue;
                Current.Set(folder, entry.Name);
                _copier.Copy(folder, open, entry.Name, targetName is null ? entry.Name : targetName, entry.Kind);
            }
    }
}
