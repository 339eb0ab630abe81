using Mtcopy.CommandLine.Definitions;
using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>What may have been meant by an option that does not exist.</summary>
internal static class NearestOption
{
    /// <summary>Nothing longer is a slip; and what is compared with every option should be short.</summary>
    private const int LongestSlip = 40;

    private const string WayOut = "a path that begins with a dash stands behind --, or begins with ./";

    /// <summary>Options of other copiers whose effect needs none here, or has no one name.</summary>
    private static readonly Dictionary<string, string> s_elsewhere = new()
    {
        ["-r"] = "folders are always copied with all that is in them",
        ["-R"] = "folders are always copied with all that is in them",
        ["--recursive"] = "folders are always copied with all that is in them",
        ["-f"] = "existing files that differ are always replaced",
        ["--force"] = "existing files that differ are always replaced",
        ["-u"] = "--update=newer replaces older files alone",
        ["--hard-links"] = "--preserve=links keeps them",
        ["--acls"] = "--preserve=acl keeps them",
        ["--xattrs"] = "--preserve=xattr keeps them",
        ["--existing"] = "there is none that leaves out new files",
    };

    /// <summary>The problem, with the way out.</summary>
    /// <param name="name">The unknown name, with its dashes.</param>
    /// <param name="cluster">The argument with several letters in which it stands; null for none.</param>
    public static string Describe(string name, string? cluster = null)
    {
        string place = cluster is { Length: > 2 } ? $" (in '{(FilePath)cluster}')" : "";
        return $"there is no option '{(FilePath)name}'{place}; {Advice(name, cluster)}";
    }

    private static string Advice(string name, string? cluster)
    {
        if (s_elsewhere.TryGetValue(name, out string? advice))
            return advice;
        if (OptionGroups.Options.FirstOrDefault(option => option.Elsewhere.Contains(name)) is { } namesake)
            return $"did you mean {namesake.Name}?";
        // A single dash before a long name is a slip that reads as a cluster of letters.
        return Nearest(cluster is { Length: > 3 } ? $"-{cluster}" : name) is { } near ? $"did you mean {near}?" : WayOut;
    }

    private static string? Nearest(string name)
    {
        if (name.Length is < 4 or > LongestSlip)
            return null;
        (string? best, int least) = (null, 1 + (name.Length - 2) / 3);
        foreach (OptionDefinition option in OptionGroups.Options)
        {
            int distance = option.Name.StartsWith(name, StringComparison.Ordinal) ? 0 : Distance(name, option.Name);
            if (distance < least)
                (best, least) = (option.Name, distance);
        }

        return best;
    }

    /// <summary>How many letters have to be added, taken away, replaced or swapped with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        var steps = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    steps[i, j] = i + j;
                    continue;
                }

                int replaced = steps[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                steps[i, j] = Math.Min(replaced, 1 + Math.Min(steps[i - 1, j], steps[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    steps[i, j] = Math.Min(steps[i, j], 1 + steps[i - 2, j - 2]);
            }
        }

        return steps[a.Length, b.Length];
    }
}
