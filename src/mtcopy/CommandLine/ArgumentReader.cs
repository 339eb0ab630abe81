using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine;

/// <summary>Tells options from paths as <c>getopt_long(3)</c> does, but for shortened names, which the next version's options would make ambiguous.</summary>
/// <remarks>
/// No library does it: System.CommandLine makes a path of the <c>z</c> in <c>-avz</c> and of the <c>x</c> in <c>--archive=x</c>, takes the next argument for the value
/// of <c>--log=</c>, and knows no option whose value may be left out. A copier must not guess what is a path.
/// </remarks>
internal sealed class ArgumentReader
{
    private readonly List<GivenOption> _options = [];
    private readonly List<string> _paths = [];
    private string? _problem;

    private ArgumentReader()
    {
    }

    /// <summary>Reads all arguments, past whatever is wrong: help may be asked for behind it.</summary>
    public static GivenArguments Read(IReadOnlyList<string> arguments)
    {
        var reader = new ArgumentReader();
        for (int i = 0; i < arguments.Count; i++)
        {
            string? next = i + 1 < arguments.Count ? arguments[i + 1] : null;
            bool takesNext = false;
            switch (arguments[i])
            {
                case "--":
                    reader._paths.AddRange(arguments.Skip(i + 1));
                    i = arguments.Count;
                    break;
                case ['-', '-', ..] name:
                    takesNext = reader.ReadLong(name, next);
                    break;
                case ['-', _, ..] letters:
                    takesNext = reader.ReadLetters(letters, next);
                    break;
                case var path:
                    reader._paths.Add(path);
                    break;
            }

            if (takesNext)
                i++;
        }

        return new GivenArguments(reader._options, reader._paths, reader._problem);
    }

    private bool ReadLong(string argument, string? next)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? argument : argument[..equals];
        string? value = equals < 0 ? null : argument[(equals + 1)..];
        if (Find(name) is not { } option)
            return Refuse(NearestOption.Describe(name));
        return option.Argument switch
        {
            null when value is not null => Refuse($"{name} takes no value"),
            null => Add(option, name, ""),
            { IsOptional: true } when value is "" => Refuse($"{name}= has no value: {Wording.Alternatives(option.Argument.Choices)}"),
            { IsOptional: true } => Add(option, name, value ?? ""),
            _ when value is not null => Add(option, name, value),
            _ => AddNext(option, name, next),
        };
    }

    /// <summary><c>-avj4</c>: letters, of which the last may have a value, behind it or in the next argument.</summary>
    private bool ReadLetters(string argument, string? next)
    {
        for (int i = 1; i < argument.Length; i++)
        {
            // A letter outside the basic plane is two characters, to be named as one.
            string name = $"-{argument.AsSpan(i, char.IsHighSurrogate(argument[i]) && i + 1 < argument.Length ? 2 : 1)}";
            if (Find(name) is not { } option)
                return Refuse(NearestOption.Describe(name, argument));
            if (option.Argument is not null and { IsOptional: false })
            {
                string rest = argument[(i + 1)..];
                return rest.Length == 0 ? AddNext(option, name, next) : Add(option, name, rest[0] == '=' ? rest[1..] : rest);
            }

            if (i + 1 < argument.Length && argument[i + 1] == '=')
                return Refuse(option.Argument is null ? $"{name} takes no value" : $"{name} takes no value; {option.Name} does");
            Add(option, name, "");
        }

        return false;
    }

    private bool AddNext(OptionDefinition option, string name, string? next)
    {
        if (next is null or "--")
            return Refuse($"{name} needs a value: {name} {option.Argument!.Placeholder}");
        Add(option, name, next);
        return true;
    }

    private bool Add(OptionDefinition option, string name, string value)
    {
        if (option is { Argument: not null, Repeats: false } && _options.Find(given => given.Definition == option) is { } earlier)
            return Refuse(earlier.Spelling == name ? $"{name} is given twice" : $"{earlier.Spelling} and {name} are the same option, given twice");
        _options.Add(new GivenOption(option, name, value));
        return false;
    }

    private bool Refuse(string problem)
    {
        _problem ??= problem;
        return false;
    }

    private static OptionDefinition? Find(string name) => OptionGroups.Options.FirstOrDefault(option => option.Names.Contains(name));
}
