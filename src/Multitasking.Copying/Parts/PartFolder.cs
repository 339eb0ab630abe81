using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Parts;

/// <summary>One folder on the way to the entries of a part. Names end with NUL.</summary>
/// <param name="Parent">Its parent among the part's folders, or -1 for the root.</param>
/// <param name="SourceName">Its name in the source.</param>
/// <param name="SourceIdentity">Which folder that must be.</param>
/// <param name="DestinationName">Its name in the copy.</param>
/// <param name="DestinationIdentity">Which folder that must be.</param>
/// <param name="TargetName">What its only entry is to be called in the copy; null where names stay.</param>
/// <param name="IsNew">Whether this run created the copy.</param>
/// <param name="PassesLists">Whether the copy gives what is created in it an access control list.</param>
/// <param name="FoldsNames">Whether the copy may take two names for one.</param>
internal sealed record PartFolder(
    int Parent,
    byte[] SourceName,
    FileIdentity SourceIdentity,
    byte[] DestinationName,
    FileIdentity DestinationIdentity,
    byte[]? TargetName,
    bool IsNew,
    bool PassesLists,
    bool FoldsNames);
