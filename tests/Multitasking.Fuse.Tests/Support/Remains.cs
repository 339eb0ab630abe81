using System.Diagnostics;
using Xunit;

namespace Multitasking.Fuse.Tests.Support;

/// <summary>What a mount must not leave.</summary>
internal static class Remains
{
    internal static void AssertNone(FuseMount mount)
    {
        Assert.DoesNotContain(mount.Folder, File.ReadAllText("/proc/self/mountinfo"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(mount.Folder));
        Assert.False(Directory.Exists($"/proc/{mount.ServerId}"));
    }

    /// <summary>Completes when a condition holds.</summary>
    internal static async Task TrueAsync(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), what);
            await Task.Delay(5);
        }
    }

    /// <summary>The letter for a process' state (proc(5)): D waits where no signal reaches it.</summary>
    internal static char State(int process)
    {
        string line = File.ReadAllText($"/proc/{process}/stat");
        return line[line.LastIndexOf(')') + 2];
    }
}
