using System.Globalization;

namespace Multitasking.Interop;

/// <summary>How much memory this process can still have before the system kills somebody for it.</summary>
/// <remarks>
/// An estimate, of what the machine has and of what the control groups allow that the process is in (of both versions: cgroups(7)). The runtime's own figure (<see cref="GCMemoryInfo.TotalAvailableMemoryBytes"/>)
/// says what there is at most rather than what is free, is three quarters of a container's limit, and a setting for the managed heap changes it.
/// </remarks>
internal static class AvailableMemory
{
    internal static long Bytes => Math.Min(OfMachine(), OfGroups(Lines("/proc/self/cgroup"), "/sys/fs/cgroup"));

    private static long OfMachine() => Field("/proc/meminfo", "MemAvailable:") is { } kilobytes ? kilobytes << 10 : long.MaxValue;

    /// <summary>The least that a group, or one around it, allows; the largest number where none says so.</summary>
    /// <param name="memberships">The lines of <c>/proc/self/cgroup</c>.</param>
    /// <param name="root">Where the groups are mounted.</param>
    internal static long OfGroups(IEnumerable<string> memberships, string root)
    {
        long least = long.MaxValue;
        foreach (string line in memberships)
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3)
                continue;
            bool isFirstVersion = parts[1].Split(',').Contains("memory");
            if (!isFirstVersion && parts[1].Length > 0)
                continue;
            string top = isFirstVersion ? Path.Combine(root, "memory") : root;
            // A container may see the path that its host knows, and only its own group, at the top.
            for (string group = parts[2].Trim('/'); ; group = Path.GetDirectoryName(group) ?? "")
            {
                least = Math.Min(least, OfGroup(Path.Combine(top, group), isFirstVersion));
                if (group.Length == 0)
                    break;
            }
        }
        return least;
    }

    private static long OfGroup(string folder, bool isFirstVersion)
    {
        if (Number(Path.Combine(folder, isFirstVersion ? "memory.limit_in_bytes" : "memory.max")) is not { } limit
            || Number(Path.Combine(folder, isFirstVersion ? "memory.usage_in_bytes" : "memory.current")) is not { } used)
            return long.MaxValue;
        // Pages of files count as used, but are given up when something else needs the memory.
        string prefix = isFirstVersion ? "total_" : "";
        string statistics = Path.Combine(folder, "memory.stat");
        long files = (Field(statistics, $"{prefix}inactive_file") ?? 0) + (Field(statistics, $"{prefix}active_file") ?? 0);
        return Math.Max(0, limit - Math.Max(0, used - files));
    }

    private static long? Field(string file, string name)
    {
        foreach (string line in Lines(file))
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var key, var value, ..] && key == name)
                return Parse(value);
        return null;
    }

    private static long? Number(string file) => Lines(file) is [var line, ..] ? Parse(line) : null;

    private static long? Parse(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
