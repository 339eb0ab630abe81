namespace Multitasking.TypeTable;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    // What means something else in another culture, or holds such a thing.
    private static readonly string[] s_cultural =
        ["Multitasking.TypeTable", "System.Globalization.", "System.String", "System.Text.", "System.TimeZoneInfo",
            "System.Collections.", "System.Uri", "System.Date", "System.Exception"];

    private readonly HashSet<Type> _settings = [.. Settings.Types];
    private readonly List<string> _names = [];
    private bool _takesAll;
    private bool _takesSome;

    internal string? Table { get; private set; }

    internal string? Written { get; private set; }

    /// <summary>How many values of a type are sent.</summary>
    internal int MostValues => _takesAll ? Maker.Most : 1;

    internal bool TellsReasons { get; private set; }

    /// <summary>Says whether nothing of the table may be missing.</summary>
    internal bool IsExact { get; private set; }

    internal static Options Of(string[] args)
    {
        var options = new Options();
        for (int i = 0; i < args.Length; i++)
            options.Add(args[i], i + 1 < args.Length ? args[i + 1] : "", ref i);
        return options;
    }

    internal bool Includes(Type type)
    {
        string name = Surface.NameOf(type);
        return (_names.Count == 0 || _names.Exists(part => name.Contains(part, StringComparison.Ordinal)))
            && (!_takesSome || Array.Exists(s_cultural, start => name.StartsWith(start, StringComparison.Ordinal)));
    }

    /// <summary>The forms that a type is sent in, beside the first: a few for each, other ones for the next.</summary>
    internal Func<string, bool> FormsFor(Type type, int place) =>
        form => _takesAll || type.Namespace == typeof(Options).Namespace || _settings.Contains(type)
            || (place + Array.IndexOf(Forms.All, form) + 1) % Forms.All.Length < 2;

    private void Add(string argument, string next, ref int at)
    {
        switch (argument)
        {
            case "--all":
                _takesAll = true;
                break;
            case "--some":
                _takesSome = true;
                break;
            case "--exactly":
                IsExact = true;
                break;
            case "--reasons":
                TellsReasons = true;
                break;
            case "--table":
                (Table, at) = (next, at + 1);
                break;
            case "--write":
                (Written, at) = (next, at + 1);
                break;
            default:
                _names.Add(argument);
                break;
        }
    }
}
