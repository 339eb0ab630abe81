namespace Mtcopy.CommandLine.Definitions;

/// <summary>The value of an option.</summary>
/// <param name="Placeholder">What stands for it in help and man page, as <c>FILE</c>.</param>
/// <param name="Kind">What it is, for completions.</param>
internal sealed record OptionArgument(string Placeholder, ArgumentKind Kind)
{
    /// <summary>The values that are allowed, or, with <see cref="ArgumentKind.Text"/>, some of them.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Whether the option may stand alone. Its value then follows a <c>=</c>, and the short name takes none.</summary>
    public bool IsOptional { get; init; }
}
