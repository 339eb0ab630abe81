using Multitasking.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(NoChildLeft))]

namespace Multitasking.Tests.Support;

/// <summary>What the system knows of this process' children, zombies included; after the last test there must be none.</summary>
public sealed class NoChildLeft : IDisposable
{
    public void Dispose() => Assert.Empty(Ids());

    internal static int[] Ids() =>
        [.. Directory.EnumerateDirectories("/proc/self/task").SelectMany(ReadChildren).Order()];

    /// <param name="thread">A folder in <c>/proc/PID/task</c>.</param>
    internal static IEnumerable<int> ReadChildren(string thread)
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
