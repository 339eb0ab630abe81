using System.Collections;
using System.Text;
using System.Text.Unicode;

namespace Multitasking.Children;

/// <summary>
/// Environment variables as the bytes that this process was given. .NET reads them as UTF-8, and what is none comes out of it as U+FFFD; so
/// one that still reads as it did is handed on as it came.
/// </summary>
internal sealed class RawVariables
{
    private const char Replacement = '\uFFFD';

    // environ(7) leaves the encoding open; /proc/PID/environ is the block as it was at the start (proc(5)).
    private const string Given = "/proc/self/environ";

    private readonly List<(string Text, byte[] Bytes)> _entries;

    private RawVariables(List<(string Text, byte[] Bytes)> entries) => _entries = entries;

    /// <returns><see langword="null"/> where no variable reads as if it had been anything else than UTF-8.</returns>
    internal static RawVariables? For(IDictionary variables)
    {
        foreach (DictionaryEntry variable in variables)
            if (((string)variable.Key).Contains(Replacement) || ((string)variable.Value!).Contains(Replacement))
                return new RawVariables(Read());
        return null;
    }

    /// <summary>Adds the variable as it was given, and others whose names read alike.</summary>
    /// <returns>Whether it was given so.</returns>
    internal bool TryAdd(string name, string value, List<byte[]> block)
    {
        string text = $"{name}={value}";
        if (!_entries.Exists(entry => entry.Text == text))
            return false;
        // Names that differ in such bytes alone are one to .NET, which knows the value of one of them.
        foreach (var entry in _entries)
            if (entry.Text == text || (name.Contains(Replacement) && entry.Text.StartsWith($"{name}=", StringComparison.Ordinal)))
                block.Add(entry.Bytes);
        return true;
    }

    private static List<(string Text, byte[] Bytes)> Read()
    {
        byte[] all;
        try
        {
            all = File.ReadAllBytes(Given);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without /proc: they cross as .NET reads them.
            return [];
        }
        var entries = new List<(string Text, byte[] Bytes)>();
        foreach (var range in all.AsSpan().Split((byte)0))
            if (!Utf8.IsValid(all.AsSpan(range)))
                entries.Add((Encoding.UTF8.GetString(all[range]), all[range]));
        return entries;
    }
}
