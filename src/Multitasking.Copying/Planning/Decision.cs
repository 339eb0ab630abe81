namespace Multitasking.Copying.Planning;

/// <summary>What to do about an entry that is there already, and why in a few words.</summary>
internal readonly record struct Decision(ExistingEntry Entry, string? Reason);
