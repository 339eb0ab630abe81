using Multitasking.Copying.Interop;
using Multitasking.Copying.Metadata;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Walking;

/// <summary>The folders of one run that are not complete yet, and what all workers share about them.</summary>
internal sealed class CopyTree(CopyRoots roots, ErrorLog errors)
{
    internal OpenFolders Open { get; } = new(OpenFolders.DefaultCapacity());

    internal WorkQueue Queue { get; } = new();

    internal ErrorLog Errors => errors;

    /// <summary>Whether a folder of the source is where the copy goes, so that the copy would copy itself.</summary>
    internal bool IsDestination(FileIdentity folder) => roots.Destinations.Contains(folder);

    /// <summary>Whether a folder of the copy is one that is being copied, so that the source would be written to.</summary>
    internal bool IsSource(FileIdentity folder) => roots.Sources.Contains(folder);

    /// <summary>Queues what the run begins with.</summary>
    internal void Begin()
    {
        foreach (CopyRoot root in roots.Roots)
            Queue.BeginRoot();
        foreach (CopyRoot root in roots.Roots)
        {
            if (root.Entries is null)
            {
                Queue.Push(root.Folder);
                continue;
            }

            foreach (EntryBlock block in root.Entries)
                if (Walker.Dispatch(this, block, root.Folder))
                    Queue.Leave(block);
            End(root.Folder);
        }
    }

    /// <summary>Ends something that a folder waited for. A folder that is complete gets its mode and time, and its parent has one less to wait for.</summary>
    internal void End(TreeFolder ended)
    {
        // A loop, because trees are deeper than stacks.
        for (TreeFolder? folder = ended; folder is not null && folder.End(); folder = folder.Parent)
        {
            if (folder is { IsEntered: true, Metadata: { } metadata })
                Complete(folder, metadata);
            Open.Forget(folder.Source);
            Open.Forget(folder.Destination);
            if (folder.Parent is null)
                Queue.EndRoot();
        }
    }

    private void Complete(TreeFolder folder, FileStatus metadata)
    {
        int descriptor = Open.Pin(folder.Destination);
        Fault fault;
        if (descriptor < 0)
        {
            fault = Fault.OfMetadata("cannot open the copied folder again", descriptor);
        }
        else
        {
            fault = FolderMetadata.Apply(descriptor, metadata);
            Open.Unpin(folder.Destination);
        }

        if (!fault.IsNone)
            errors.Add(folder.Path, fault);
    }
}
