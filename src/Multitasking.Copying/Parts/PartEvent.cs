namespace Multitasking.Copying.Parts;

/// <summary>What happened to an entry of a part, for somebody who wants to know.</summary>
/// <param name="Folder">Its folder, among the part's folders.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Bytes">The contents that were written.</param>
/// <param name="Reason">Why, in a few words.</param>
internal sealed record PartEvent(int Folder, byte[] Name, CopyEventKind Kind, long Bytes, string? Reason);
