namespace Mtcopy.CommandLine.Definitions;

/// <summary>An option as parser, help, man page and completions know it.</summary>
/// <param name="name">As it is written, with its dashes; also of an option that has a short name alone.</param>
/// <param name="help">What it does, in a few words without a full stop.</param>
/// <remarks>Two options are the same if they are the same object.</remarks>
internal sealed class OptionDefinition(string name, string help)
{
    public string Name { get; } = name;

    public string Help { get; } = help;

    /// <summary>The name of one letter that follows a single dash; null for none.</summary>
    public char? Short { get; init; }

    /// <summary>Its value; null for an option that takes none.</summary>
    public OptionArgument? Argument { get; init; }

    /// <summary>What holds without it, for people; null where that is clear.</summary>
    public string? Default { get; init; }

    /// <summary>Whether it may be given with several values. An option without a value may always be given twice, and means the same.</summary>
    public bool Repeats { get; init; }

    /// <summary>The option without which it means nothing; null for none.</summary>
    public OptionDefinition? Needs { get; init; }

    /// <summary>Whether the short help names it.</summary>
    public bool IsMain { get; init; }

    /// <summary>Sentences for the man page that follow on <see cref="Help"/>; null for none.</summary>
    public string? More { get; init; }

    /// <summary>What other copiers call it, so that they can be told.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>All names, short before long.</summary>
    public IEnumerable<string> Names => Short is { } letter ? [$"-{letter}", Name] : [Name];

    public override string ToString() => Name;
}
