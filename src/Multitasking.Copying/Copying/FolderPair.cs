namespace Multitasking.Copying.Copying;

/// <summary>The two open folders that an entry is copied between, by their descriptors.</summary>
/// <param name="Source">Where from.</param>
/// <param name="Target">Where to.</param>
/// <param name="TargetIsNew">Whether this run created the folder, so that nothing can be in it.</param>
internal readonly record struct FolderPair(int Source, int Target, bool TargetIsNew);
