using System.Globalization;
using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Limits;

/// <summary>What the machine lacks fails what needs it, with an exception; nothing hangs, and all works again when it is there.</summary>
public sealed class MachineLimitTests : ProgramTest
{
    [Theory]
    [InlineData("pool")]
    [InlineData("channel")]
    [InlineData("locks")]
    [InlineData("memory")]
    public async Task Nothing_needs_shared_memory_in_files(string use)
    {
        Needs.Root("unshare -m");
        var lines = await OutputAsync("unshare", ["-m", "sh", "-c", "umount -l /dev/shm; exec \"$@\"", "sh"], "children 0", "faults", use);
        Assert.DoesNotContain(lines, static line => line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Program_that_loses_proc_gets_exceptions_and_works_when_it_is_back()
    {
        // The runtime reads /proc when it starts, so that a child may not come to life.
        Needs.Root("unshare -m");
        var lines = await OutputAsync("unshare", ["-m"], "second dispose: ok", "loses-proc");
        Assert.All(lines, static line => Assert.Matches("(: ok$|^first [^:]*: (WorkerLostException|PoolBrokenException|Win32Exception): )", line));
    }

    [Theory]
    [InlineData("descriptors", 64)]
    [InlineData("descriptors-while-running", 40)]
    [InlineData("descriptors-while-running", 2)]
    // With two descriptors allowed, whatever the monitor and the pool wait for is more than poll(2) takes.
    public async Task Program_below_a_limit_gets_exceptions_and_works_without_it(string what, int most)
    {
        Needs.Root("another user has fewer rights");
        await using var parent = OtherParent.Start("below-limits", what, most.ToString(CultureInfo.InvariantCulture));
        await Until.TrueAsync(() => parent.Lines.Contains("children 0"), 4 * Until.Limit, $"{what} {most}: {string.Join(" | ", parent.Lines)}");
        Assert.Equal(0, await parent.ExitAsync());
        Assert.All(
            (await parent.OutputAsync()).SkipLast(1),
            static line => Assert.Matches("(: ok$|^first [^:]*: (WorkerLost|PoolBroken|Win32|OutOfMemory|IO)Exception: )", line));
    }

    private static async Task<IReadOnlyList<string>> OutputAsync(string launcher, string[] options, string last, params string[] scenario)
    {
        await using var parent = OtherParent.StartBy(launcher, options, scenario);
        await Until.TrueAsync(() => parent.Lines.Contains(last), 4 * Until.Limit, $"{string.Join(" ", scenario)} that says \"{last}\"");
        var lines = await parent.OutputAsync();
        // The runtime of a child that cannot start writes why.
        int exitCode = await parent.ExitAsync();
        Assert.True(exitCode == 0, $"exit code {exitCode}: {await parent.ErrorsAsync()}");
        return lines;
    }
}
