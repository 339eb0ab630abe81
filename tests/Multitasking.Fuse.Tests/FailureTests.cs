using Multitasking.Fuse.Tests.Support;
using Xunit;

namespace Multitasking.Fuse.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task The_nth_call_fails_and_no_other_one()
    {
        await using var mount = await FuseMount.StartAsync();
        await mount.FailAsync(FuseOperation.Write, 3, FuseError.NoSpace, "file");
        string output = await Command.RunAsync($"""
            cd {mount.Folder}; echo x > other; for i in 1 2 3 4; do LC_ALL=C dd if=/dev/zero of=file bs=10 count=1 status=none 2>&1 || echo failed $i; done
            """);
        Assert.Equal("dd: error writing 'file': No space left on device\nfailed 3\n", output);
    }

    [Theory]
    [InlineData(FuseOperation.Create, "echo 1 > new")]
    [InlineData(FuseOperation.Unlink, "rm file")]
    [InlineData(FuseOperation.RenameWithFlags, "mv file other")]
    [InlineData(FuseOperation.MakeFolder, "mkdir folder")]
    [InlineData(FuseOperation.SetAttributes, "chmod 600 file")]
    [InlineData(FuseOperation.Flush, "cp /etc/passwd file")]
    [InlineData(FuseOperation.Synchronize, "sync file")]
    public async Task Operation_fails_with_the_error_that_was_asked_for(FuseOperation operation, string script)
    {
        await using var mount = await FuseMount.StartAsync();
        File.WriteAllText(mount.Path("file"), "contents");
        await mount.FailAsync(operation, 1, FuseError.InputOutput);
        string output = await Command.RunAsync($"cd {mount.Folder}; export LC_ALL=C; if {script}; then exit 1; else true; fi 2>&1; {script}");
        Assert.Contains("Input/output error", output, StringComparison.Ordinal);
    }
}
