namespace Mtcopy.View;

/// <summary>A piece of the progress line.</summary>
/// <param name="Text">What it says; harmless text of one column a character.</param>
/// <param name="Role">What it is, which decides its colour.</param>
internal readonly record struct LinePart(string Text, LineRole Role);
