namespace Multitasking.Tests.Pools.Processes;

/// <summary>What ran how often, whichever process it ran in: a file for each run, because appending to one file from several processes loses some.</summary>
internal static class RunLog
{
    internal static void Note(string folder, object what)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{what}-{Guid.NewGuid():N}"), "");
    }

    /// <summary>How many took a number before: no two get the same, which those do that note themselves and count what stands there.</summary>
    internal static int TakeNumber(string folder)
    {
        Directory.CreateDirectory(folder);
        for (int number = 0; ; number++)
            try
            {
                File.Open(Path.Combine(folder, $"{number}"), FileMode.CreateNew).Dispose();
                return number;
            }
            catch (IOException) when (File.Exists(Path.Combine(folder, $"{number}")))
            {
                // Somebody else has that one.
            }
    }

    internal static int Count(string folder, object what) => Directory.Exists(folder) ? Directory.GetFiles(folder, $"{what}-*").Length : 0;

    internal static string[] All(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Select(static file => Path.GetFileName(file)[..^33])] : [];
}
