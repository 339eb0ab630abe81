using System.Globalization;
using System.Text;

namespace Mtcopy.Tests.Running;

/// <summary>Finds the processes that a test started, and theirs: they all inherited a mark in their environment.</summary>
internal static class MarkedProcesses
{
    public const string Variable = "MTCOPY_TEST_MARK";

    public static IReadOnlyList<int> Of(string mark)
    {
        var found = new List<int>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && Carries(id, mark))
                found.Add(id);
        return found;
    }

    private static bool Carries(int id, string mark)
    {
        try
        {
            // A zombie's environment is empty, so one that nobody waited for does not count as running.
            return Encoding.Latin1.GetString(File.ReadAllBytes($"/proc/{id}/environ")).Contains($"{Variable}={mark}", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
