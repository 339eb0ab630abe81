namespace Multitasking.Copying.Filtering;

/// <summary>Whether an entry is copied, and what decided.</summary>
/// <param name="IsIncluded">Whether it is copied; a folder that is not is not entered.</param>
/// <param name="Reason">What decided.</param>
/// <param name="Rule">Which rule it was, from 0; of meaning with the reasons that are rules.</param>
internal readonly record struct FilterVerdict(bool IsIncluded, FilterReason Reason, int Rule = -1);
