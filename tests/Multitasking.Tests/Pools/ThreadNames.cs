namespace Multitasking.Tests.Pools;

/// <summary>The threads of this process as the system knows them.</summary>
internal static class ThreadNames
{
    internal static bool StartingWith(string name) => Directory.EnumerateDirectories("/proc/self/task").Any(thread => NameOf(thread).StartsWith(name, StringComparison.Ordinal));

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/comm");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
