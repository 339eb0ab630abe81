using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine;

/// <summary>An option as it was given.</summary>
/// <param name="Definition">Which one.</param>
/// <param name="Spelling">The name by which it was called.</param>
/// <param name="Value">Its value, with bytes that are not UTF-8 as lone surrogates; empty if it has none.</param>
internal sealed record GivenOption(OptionDefinition Definition, string Spelling, string Value);
