using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>How a run of the command ended.</summary>
/// <param name="Code">What the shell is told.</param>
/// <param name="Result">What the copy did; null where it was not begun or did not come to its end.</param>
/// <param name="Latest">How far it was when it last told.</param>
/// <param name="Problem">Why it was not begun, or did not come to its end, in a line that is safe to print; null where it did.</param>
/// <param name="Refused">What was wrong with what it was asked to do; null where it was begun.</param>
internal sealed record Ending(ExitCode Code, CopyResult? Result, CopyProgress Latest, string? Problem = null, CopyError? Refused = null);
