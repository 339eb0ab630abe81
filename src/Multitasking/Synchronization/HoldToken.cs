namespace Multitasking.Synchronization;

/// <summary>One entry of a <see cref="HoldTable"/>.</summary>
/// <param name="Index">Where.</param>
/// <param name="Number">Which of those that were there; 0 for none.</param>
internal readonly record struct HoldToken(int Index, long Number);
