using System.Diagnostics;
using Multitasking.Copying.Tests.Support;
using Multitasking.Fuse;

namespace Multitasking.Copying.Tests;

/// <summary>FIFOs, sockets and devices; and what a file system does not let be done.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Special_file_is_made_anew_and_never_opened()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; mkfifo -m 621 src/fifo; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"src/socket\")'; touch -d @1000000000 src/*");
        if (Needs.IsRoot)
            space.Bash("mknod -m 640 src/character c 300 1048575; mknod src/block b 259 70000; mknod src/full c 1 7; chown 1234:1235 src/block");
        // It waits for a reader for as long as nobody opens the FIFO.
        using Process writer = Shell.Start(space.Folder, "exec 3> src/fifo; touch opened");
        using StreamReader output = writer.StandardOutput, errors = writer.StandardError;
        CopyResult result = await CopyAndCompareAsync(space, Archive);
        Assert.Equal(Needs.IsRoot ? 5 : 2, result.SpecialsCreated);
        await AssertNothingLeftAsync(space, Archive);
        // Something else in their places.
        space.Bash("rm dst/*; touch dst/fifo; ln -s fifo dst/socket; mkfifo dst/full");
        await CopyAndCompareAsync(space, Archive);
        Assert.Equal(1, (await CopyAsync(space, Archive, "src/fifo", "single")).SpecialsCreated);
        Assert.False(File.Exists(space["opened"]));
        writer.Kill();
        Assert.True(writer.WaitForExit(Shell.Limit));
    }

    [Fact]
    public void Device_is_told_alone_by_whom_may_not_make_one()
    {
        Needs.Root("only root may make devices");
        using var space = new Workspace();
        space.Bash("mkdir src; mkfifo src/fifo; mknod src/null c 1 3; echo x > src/file");
        (int exitCode, string output) = TestProgram.RunAsNobody(space, Isolation, "src dst", CopyPreserve.All);
        Assert.True(exitCode == 1 && output.Split('\n')[1].StartsWith("DestinationUnwritable src/null: ", StringComparison.Ordinal), output);
        Assert.Equal("fifo\nfile\n", space.Bash("ls dst"));
    }

    [Fact]
    public async Task Protected_file_is_told_alone_and_left()
    {
        Needs.Root("only root may protect a file from itself");
        using var space = new Workspace();
        space.Bash("mkdir -p src/closed src/log dst/closed; for name in fixed appended other closed/file; do echo new > src/$name; done; cp -r src/. dst; echo old > dst/fixed; echo old > dst/appended; rm dst/other dst/closed/file");
        (int exitCode, string output) = Shell.TryRun(space.Folder, "chattr +i dst/fixed dst/closed && chattr +a dst/appended");
        Needs.Machine(exitCode == 0, "a temporary folder with immutable files", output);
        try
        {
            foreach (CopyWriting writing in Enum.GetValues<CopyWriting>())
            {
                CopyResult result = await CopyAsync(space, Plain with { Writing = writing, Preserve = CopyPreserve.None, Update = CopyUpdate.All });
                Assert.Equal(["appended", "file", "fixed"], NamesOf(result));
                Assert.All(result.Errors, error => Assert.Equal((CopyErrorKind.DestinationUnwritable, 1), (error.Kind, error.ErrorNumber)));
                Assert.Equal("old\nold\nnew\n", space.Bash("cat dst/fixed dst/appended dst/other"));
                Assert.Equal("", space.Bash("ls -A dst/closed"));
                space.Bash("test ! -e dst/.mtcopy-*");
            }
        }
        finally
        {
            space.Bash("chattr -i -a dst/fixed dst/closed dst/appended");
        }

        await CopyAndCompareAsync(space, Plain);
    }

    [Fact]
    public async Task Second_copy_writes_nothing_where_the_file_system_keeps_seconds_alone()
    {
        using var space = new Workspace();
        using var mount = Mount.Image(space, 8, "ext4", "-q -I 128", "dst");
        space.Bash("rmdir dst/lost+found; mkdir -p src/folder; for i in $(seq 10); do echo $i > src/$i; done; head -c 300000 /dev/urandom > src/folder/large; ln -s 1 src/link; touch -h -d '2001-02-03 04:05:06.789' src/* src/*/* src");
        await AssertSecondCopyWritesNothingAsync(space, Plain);
        await AssertSecondCopyWritesNothingAsync(space, Archive);
        // Within that second, and not the same after all.
        space.Bash("printf 9 | dd of=src/3 conv=notrunc status=none; touch -d '2001-02-03 04:05:06.9' src/3");
        await CopyAsync(space, Plain);
        space.Bash("cmp src/3 dst/3");
    }

    [Fact]
    public async Task Second_copy_writes_nothing_where_there_are_neither_modes_nor_owners()
    {
        using var space = new Workspace();
        await using FuseMount mount = await FuseMount.StartAsync(FuseKind.Fat, Directory.CreateDirectory(space["dst"]).FullName);
        space.Bash("mkdir -p src/folder; for i in $(seq 10); do echo $i > src/$i; done; head -c 300000 /dev/urandom > src/folder/large; touch -h -d '2001-02-03 04:05:07.789' src/* src/*/* src");
        await AssertSecondCopyWritesNothingAsync(space, Plain);
    }

    private static async Task AssertSecondCopyWritesNothingAsync(Workspace space, CopyOptions options)
    {
        Assert.Empty((await CopyAsync(space, options)).Errors);
        space.AssertSame("src", "dst", options.Preserve & ~(CopyPreserve.Times | CopyPreserve.Mode));
        CopyResult again = await CopyAsync(space, options);
        Assert.Empty(again.Errors);
        Assert.Equal((0L, 0L, 0L), (again.FilesCopied, again.BytesCopied, again.LinksCopied));
    }
}
