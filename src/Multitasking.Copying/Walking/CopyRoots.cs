using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Walking;

/// <summary>What a run begins with, after everything that can be refused was.</summary>
/// <param name="Roots">The folders to begin with.</param>
/// <param name="Sources">The folders that were named as sources.</param>
/// <param name="Destinations">The folders that the copies go into or become.</param>
/// <param name="FoldersCreated">How many folders it took to get there.</param>
internal sealed record CopyRoots(CopyRoot[] Roots, FileIdentity[] Sources, FileIdentity[] Destinations, int FoldersCreated) : IDisposable
{
    /// <summary>The folder that backups go into, open; null for none.</summary>
    internal FolderHandle? Backup { get; init; }

    /// <summary>Which folder that is.</summary>
    internal FileIdentity? BackupIdentity { get; init; }

    /// <summary>When the run began, by the clock of that folder's file system.</summary>
    internal TimeSpec BackupSince { get; init; }

    public void Dispose()
    {
        Backup?.Dispose();
        foreach (CopyRoot root in Roots)
        {
            root.Folder.Source.Handle?.Dispose();
            root.Folder.Destination.Handle?.Dispose();
        }
    }
}
