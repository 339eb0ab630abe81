namespace Multitasking.Copying.Copying;

/// <summary>The two open folders that an entry is copied between, by their descriptors.</summary>
/// <param name="Source">Where from.</param>
/// <param name="Target">Where to; -1 in a dry run, where it would have to be created.</param>
/// <param name="TargetIsNew">Whether this run created the folder, so that nothing can be in it.</param>
/// <param name="TargetPassesLists">Whether the folder gives what is created in it an access control list (<c>acl(5)</c>, "default ACL").</param>
internal readonly record struct FolderPair(int Source, int Target, bool TargetIsNew, bool TargetPassesLists = false);
