namespace Multitasking.Copying.Walking;

/// <summary>A folder to begin with.</summary>
/// <param name="Folder">The folder, open on both sides.</param>
/// <param name="Entries">The entries of it that were named; null when all of them are to be copied.</param>
internal sealed record CopyRoot(TreeFolder Folder, List<SharedBlock>? Entries);
