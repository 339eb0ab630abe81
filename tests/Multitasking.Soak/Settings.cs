using System.Globalization;

namespace Multitasking.Soak;

/// <summary>The settings of one soak: its own, unless the command line has others.</summary>
internal sealed class Settings
{
    private readonly Dictionary<string, string> _values = [];

    internal Settings(string defaults, string[] arguments)
    {
        foreach (string argument in defaults.Split(' ').Concat(arguments))
        {
            string[] parts = argument.Split('=', 2);
            _values[parts[0]] = parts[1];
        }
    }

    internal int this[string name] => int.Parse(_values[name], CultureInfo.InvariantCulture);

    internal int? Find(string name) => _values.ContainsKey(name) ? this[name] : null;

    /// <summary>The words of a setting, between commas; none where it is empty.</summary>
    internal IReadOnlyList<string> Words(string name) => _values[name].Split(',', StringSplitOptions.RemoveEmptyEntries);
}
