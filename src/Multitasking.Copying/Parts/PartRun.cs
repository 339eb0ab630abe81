namespace Multitasking.Copying.Parts;

/// <summary>Entries of a part that follow each other and stand in the same folder.</summary>
/// <param name="Folder">The folder, among the part's folders.</param>
/// <param name="Count">How many entries.</param>
internal readonly record struct PartRun(int Folder, int Count);
