using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine;

/// <summary>The arguments, told apart.</summary>
/// <param name="Options">Options in the order in which they were given.</param>
/// <param name="Paths">What is no option.</param>
/// <param name="Problem">The first thing that is wrong, as <see cref="UsageException"/> has it; null if nothing is.</param>
internal sealed record GivenArguments(IReadOnlyList<GivenOption> Options, IReadOnlyList<string> Paths, string? Problem)
{
    public bool Has(OptionDefinition option) => Find(option) is not null;

    /// <summary>The option as it was given first; null if it was not.</summary>
    public GivenOption? Find(OptionDefinition option)
    {
        foreach (GivenOption given in Options)
            if (given.Definition == option)
                return given;
        return null;
    }

    /// <summary>One of the option's choices, its default if it was not given, or null.</summary>
    /// <exception cref="UsageException">The value is none of them.</exception>
    public string? Choice(OptionDefinition option)
    {
        if (Find(option) is not { } given)
            return option.Default;
        if (given is { Value: "", Definition.Argument.IsOptional: true })
            return option.Default;
        IReadOnlyList<Choice> choices = option.Argument!.Choices;
        return choices.Any(choice => choice.Value == given.Value) ? given.Value : throw UsageException.Value(given, Wording.Alternatives(choices));
    }
}
