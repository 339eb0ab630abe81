namespace Mtcopy.CommandLine.Definitions;

/// <summary>A value that an option may have.</summary>
/// <param name="Value">As it is written.</param>
/// <param name="Meaning">What it means, in a few words without a full stop.</param>
internal sealed record Choice(string Value, string Meaning);
