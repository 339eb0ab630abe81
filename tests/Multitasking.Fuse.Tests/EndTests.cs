using Multitasking.Fuse.Tests.Support;
using Xunit;

namespace Multitasking.Fuse.Tests;

public sealed class EndTests
{
    private static readonly string s_server = Path.Combine(AppContext.BaseDirectory, "Multitasking.Fuse");

    [Fact]
    public async Task Nothing_is_left_when_it_was_disposed()
    {
        var mount = await FuseMount.StartAsync();
        await mount.DisposeAsync();
        Remains.AssertNone(mount);
    }

    [Fact]
    public async Task Nothing_is_left_when_files_are_open()
    {
        var mount = await FuseMount.StartAsync();
        await using (FileStream file = File.Create(mount.Path("file")))
            await mount.DisposeAsync();
        Remains.AssertNone(mount);
    }

    [Fact]
    public async Task Nothing_is_left_when_the_server_was_killed()
    {
        var mount = await FuseMount.NeverAnsweringAsync();
        using Command waiting = Command.Start($"exec cat {mount.Path("file")}");
        await mount.HeldAsync();
        mount.KillServer();
        Assert.Equal(1, (await waiting.EndAsync()).ExitCode);
        await mount.DisposeAsync();
        Remains.AssertNone(mount);
    }

    [Fact]
    public async Task Server_unmounts_when_its_test_host_has_gone()
    {
        Assert.SkipWhen(FuseMount.Missing is not null, FuseMount.Missing ?? "");
        string folder = Directory.CreateTempSubdirectory("multitasking-fuse-").FullName;
        Assert.Equal("mounted\n", await Command.RunAsync($"{s_server} {folder} Exact < /dev/null"));
        AssertNotMounted(folder);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Mount_whose_server_and_test_host_were_killed_goes_with_the_next_start(string signal)
    {
        await using var living = await FuseMount.StartAsync();
        string folder = Directory.CreateTempSubdirectory("multitasking-fuse-").FullName;
        await Command.RunAsync($"""
            cd $(mktemp -d); mkfifo input; sleep 1000 > input & writer=$!
            {s_server} {folder} Exact < input > output & server=$!
            until grep -q mounted output 2> /dev/null; do sleep 0.01; done
            kill -{signal} $server; wait $server || true; kill $writer; rm -r $PWD
            """);
        await using (await FuseMount.StartAsync())
            AssertNotMounted(folder);
        Assert.Contains(living.Folder, File.ReadAllText("/proc/self/mountinfo"), StringComparison.Ordinal);
    }

    private static void AssertNotMounted(string folder)
    {
        Assert.DoesNotContain(folder, File.ReadAllText("/proc/self/mountinfo"), StringComparison.Ordinal);
        Directory.Delete(folder);
    }
}
