using System.Globalization;

namespace Multitasking.Soak;

/// <summary>The numbers of one soak: its own, unless the command line has others.</summary>
internal sealed class Settings
{
    private readonly Dictionary<string, int> _values = [];

    internal Settings(string defaults, string[] arguments)
    {
        foreach (string argument in defaults.Split(' ').Concat(arguments))
        {
            string[] parts = argument.Split('=');
            _values[parts[0]] = int.Parse(parts[1], CultureInfo.InvariantCulture);
        }
    }

    internal int this[string name] => _values[name];

    internal int? Find(string name) => _values.TryGetValue(name, out int value) ? value : null;
}
