using Xunit;

namespace Multitasking.Contracts;

/// <summary>What the system knows of this process' children, zombies included; after the last test there must be none. A fixture of assemblies.</summary>
public sealed class NoChildLeft : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Assert.Empty(Ids());

    /// <summary>Their ids.</summary>
    public static int[] Ids() =>
        [.. Directory.EnumerateDirectories("/proc/self/task").SelectMany(ReadChildren).Order()];

    /// <summary>The ids of the children that a thread has started.</summary>
    /// <param name="thread">A folder in <c>/proc/PID/task</c>.</param>
    public static IEnumerable<int> ReadChildren(string thread)
    {
        try
        {
            string ids = File.ReadAllText($"{thread}/children");
            return ids.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(int.Parse);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The thread ended meanwhile; its children belong to another one now, which the next look shows.
            return [];
        }
    }
}
