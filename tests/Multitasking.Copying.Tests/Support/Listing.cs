using System.Diagnostics;
using System.Text;

namespace Multitasking.Copying.Tests.Support;

/// <summary>
/// A tree as it is, by raw bytes, found out without the engine: <c>find</c> walks, and <see cref="ListingCalls"/> asks. No path in it may be longer than the kernel takes.
/// </summary>
internal sealed class Listing
{
    private readonly SortedDictionary<string, ListedEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _firstNames = [];

    private Listing()
    {
    }

    internal ListedEntry this[string name] => _entries[name];

    internal ICollection<string> Names => _entries.Keys;

    internal static Listing Of(string root)
    {
        var listing = new Listing();
        foreach (string name in Walk(root))
        {
            byte[] path = [.. Encoding.UTF8.GetBytes(root), (byte)'/', .. Encoding.Latin1.GetBytes(name), 0];
            if (name.Length == 0)
                path = [.. Encoding.UTF8.GetBytes(root), 0];
            listing._entries.Add(name, ListedEntry.Of(path, name));
        }

        // In the order of names, whatever order find met them in.
        foreach ((string name, ListedEntry entry) in listing._entries)
            listing._firstNames.TryAdd(entry.Inode, name);
        return listing;
    }

    /// <summary>Asserts that two trees hold the same names, kinds, contents and link targets, and the same of what else is to be kept.</summary>
    internal static void AssertSame(string source, string destination, CopyPreserve what)
    {
        List<string> differences = Of(source).DifferencesTo(Of(destination), what);
        if (differences.Count > 0)
            Assert.Fail($"{differences.Count} differences of {source} and {destination}:\n{string.Join('\n', differences.Take(30))}");
    }

    /// <summary>What differs, a line each.</summary>
    internal List<string> DifferencesTo(Listing other, CopyPreserve what)
    {
        var differences = new List<string>();
        foreach ((string name, ListedEntry entry) in _entries)
            if (!other._entries.TryGetValue(name, out ListedEntry? copy))
                differences.Add($"'{name}' is only in the source");
            else
                Compare(entry, copy, other, what, differences);
        differences.AddRange(other._entries.Keys.Except(_entries.Keys).Select(name => $"'{name}' is only in the copy"));
        return differences;
    }

    private void Compare(ListedEntry source, ListedEntry copy, Listing others, CopyPreserve what, List<string> differences)
    {
        Differ("type", source.Type, copy.Type);
        Differ("size", source.Size, copy.Size);
        Differ("contents", source.Hash, copy.Hash);
        Differ("link target", source.Target, copy.Target);
        Differ("device", source.Device, copy.Device);
        if (what.HasFlag(CopyPreserve.Mode))
            Differ("mode", Convert.ToString(source.Mode, 8), Convert.ToString(copy.Mode, 8));
        if (what.HasFlag(CopyPreserve.Times))
            Differ("time", source.Modified, copy.Modified);
        if (what.HasFlag(CopyPreserve.Owner))
            Differ("owner", $"{source.Owner}:{source.Group}", $"{copy.Owner}:{copy.Group}");
        if (what.HasFlag(CopyPreserve.HardLinks))
            Differ("first of its names", _firstNames[source.Inode], others._firstNames[copy.Inode]);
        foreach (string attribute in source.Attributes.Keys.Union(copy.Attributes.Keys))
            if (what.HasFlag(attribute.StartsWith("system.", StringComparison.Ordinal) ? CopyPreserve.AccessControl : CopyPreserve.ExtendedAttributes))
                Differ($"attribute {attribute}", source.Attributes.GetValueOrDefault(attribute, "none"), copy.Attributes.GetValueOrDefault(attribute, "none"));

        void Differ<T>(string aspect, T wanted, T found)
        {
            if (!EqualityComparer<T>.Default.Equals(wanted, found))
                differences.Add($"'{source.Name}' ({source.Type}): {aspect} {Shorten(wanted)} in the source, {Shorten(found)} in the copy");
        }
    }

    private static string Shorten(object? value) => value?.ToString() is { Length: > 60 } text ? $"{text[..60]}… ({text.Length})" : $"{value}";

    private static IEnumerable<string> Walk(string root)
    {
        using Process find = Shell.Start("/", $"find '{root}' -printf '%P\\0'");
        using StreamReader names = find.StandardOutput, errors = find.StandardError;
        Task<string> error = errors.ReadToEndAsync();
        string all = names.ReadToEnd();
        Assert.True(find.WaitForExit(Shell.Limit) && find.ExitCode == 0, error.Result);
        return all.Split('\0').SkipLast(1);
    }
}
