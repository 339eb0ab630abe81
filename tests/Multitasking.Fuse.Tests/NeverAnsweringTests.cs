using Multitasking.Fuse.Tests.Support;
using Xunit;

namespace Multitasking.Fuse.Tests;

public sealed class NeverAnsweringTests
{
    public static TheoryData<FuseOperation, string> Waits { get; } = new()
    {
        { FuseOperation.Open, "exec cat FILE" },
        { FuseOperation.GetAttributes, "exec stat FILE" },
        { FuseOperation.Read, "exec cat FILE" },
        { FuseOperation.Write, "exec dd if=/dev/zero of=FILE bs=10 count=1" },
        { FuseOperation.Synchronize, "exec dd if=/dev/zero of=FILE bs=10 count=1 conv=fsync" },
        { FuseOperation.Flush, "exec 3< FILE; exec 3<&-" },
        { FuseOperation.Lookup, "exec stat FILE" },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Process_that_waits_for_an_answer_is_not_ended_by_SIGKILL_until_it_gets_one(FuseOperation operation, string script)
    {
        await using var mount = await FuseMount.NeverAnsweringAsync(operation);
        using Command command = Command.Start(script.Replace("FILE", mount.Path("file"), StringComparison.Ordinal));
        Assert.Equal(command.Id, await mount.HeldAsync(operation));
        command.Kill();
        await Remains.TrueAsync(() => Remains.State(command.Id) == 'D', "state D");
        Assert.False(command.HasEnded);

        await mount.ReleaseAsync();
        Assert.Equal(128 + 9, (await command.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Process_that_was_killed_before_closes_its_files_as_it_ends_and_waits_then()
    {
        await using var mount = await FuseMount.NeverAnsweringAsync(FuseOperation.Flush);
        using Command command = Command.Start($"exec 3< {mount.Path("file")}; exec sleep 1000");
        // The loader has a library open as the same number before.
        await Remains.TrueAsync(() => new FileInfo($"/proc/{command.Id}/fd/3").LinkTarget == mount.Path("file"), "open");
        command.Kill();
        await mount.HeldAsync(FuseOperation.Flush);
        await Remains.TrueAsync(() => Remains.State(command.Id) == 'D', "state D");
        await mount.ReleaseAsync();
        await command.EndAsync();
    }

    [Fact]
    public async Task Answer_that_was_held_back_is_the_right_one()
    {
        await using var mount = await FuseMount.NeverAnsweringAsync();
        using Command command = Command.Start($"cat {mount.Path("file")}");
        await mount.HeldAsync();
        await mount.ReleaseAsync();
        Assert.Equal((0, "contents"), await command.EndAsync());
    }

    [Fact]
    public async Task Other_files_and_operations_are_answered_meanwhile()
    {
        await using var mount = await FuseMount.NeverAnsweringAsync();
        using Command command = Command.Start($"exec cat {mount.Path("file")}");
        await mount.HeldAsync();
        Assert.Equal("8 other\n", await Command.RunAsync($"cd {mount.Folder}; echo other > other; echo $(stat -c %s file) $(cat other)"));
    }

    [Fact]
    public async Task Those_who_wait_get_an_error_at_the_end_of_the_mount()
    {
        var mount = await FuseMount.NeverAnsweringAsync();
        using Command waiting = Command.Start($"exec cat {mount.Path("file")}"), killed = Command.Start($"exec cat {mount.Path("file")}");
        await mount.HeldAsync();
        killed.Kill();
        await mount.DisposeAsync();
        Assert.Equal(1, (await waiting.EndAsync()).ExitCode);
        Assert.Equal(128 + 9, (await killed.EndAsync()).ExitCode);
        Remains.AssertNone(mount);
    }
}
