using Multitasking.Copying.Folders;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Removing;

/// <summary>Whether an entry stays though the folder that it is in is removed.</summary>
/// <param name="folder">The folder it stands in, as far as names go.</param>
/// <param name="depth">How far that is below the folder that the removed one stands in: 1 for the removed folder itself.</param>
/// <param name="entry">The entry; its kind is known.</param>
/// <param name="status">What it is.</param>
internal delegate bool Spares(FolderPlace folder, int depth, FolderEntry entry, in FileStatus status);

/// <summary>How a tree is removed. The default removes all of it.</summary>
internal sealed record RemovalRule
{
    /// <summary>Pays for every entry; null for as many as there are.</summary>
    internal DeletionBudget? Budget { get; init; }

    /// <summary>Whether it is only counted what would be removed.</summary>
    internal bool IsDry { get; init; }

    /// <summary>Whether what is mounted in it stays.</summary>
    internal bool StaysOnDevice { get; init; }

    /// <summary>Where everything but folders goes instead of being removed; null for nowhere.</summary>
    internal Backup? Backup { get; init; }

    /// <summary>Folders that stay, wherever they are.</summary>
    internal IReadOnlyList<FileIdentity> Kept { get; init; } = [];

    /// <summary>What a filter leaves out; null where there is none.</summary>
    internal Spares? Spares { get; init; }
}
