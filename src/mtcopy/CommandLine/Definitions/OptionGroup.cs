namespace Mtcopy.CommandLine.Definitions;

/// <summary>Options that belong together.</summary>
/// <param name="Title">Their heading.</param>
/// <param name="About">What they have in common, in sentences, for the man page.</param>
/// <param name="Options">In the order in which they are shown.</param>
internal sealed record OptionGroup(string Title, string About, IReadOnlyList<OptionDefinition> Options);
