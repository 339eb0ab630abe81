using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Modes and times.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Mode_is_kept_of_files_and_folders_set_id_and_sticky_bits_included()
    {
        Needs.Root("a mode of 000 stops everyone else");
        using var space = new Workspace();
        space.Bash("""
            mkdir src; cd src
            for mode in 000 400 200 100 777 4755 2755 6755 1644 7777; do echo x > f$mode; head -c 300000 /dev/zero > g$mode; chmod $mode f$mode g$mode; done
            for mode in 700 500 1777 2755 3777 000; do mkdir d$mode; echo x > d$mode/file; chmod $mode d$mode; done
            """);
        await CopyAndCompareAsync(space);
    }

    [Fact]
    public void Mode_is_kept_when_the_creation_mask_forbids_it()
    {
        using var space = new Workspace();
        space.Bash("mkdir -m 777 src src/folder; echo x > src/folder/file; chmod 666 src/folder/file");
        (int exitCode, string output) = TestProgram.Run(space, "umask 077; exec", Isolation, 2, "src dst");
        Assert.True(exitCode == 0, output);
        space.AssertSame("src", "dst");
    }

    [Fact]
    public async Task Set_id_bits_are_dropped_when_the_copy_has_another_owner()
    {
        Needs.Root("only root may give a file away");
        using var space = new Workspace();
        space.Bash("mkdir src; cd src; echo x > user; echo x > group; chown 1234 user; chgrp 1234 group; chmod 6755 user group");
        Assert.Empty((await CopyAsync(space, "src", "dst")).Errors);
        Assert.Equal("4755\n2755\n", space.Bash("stat -c %a dst/group dst/user"));
        string inodes = space.Inodes("dst");
        Assert.Equal(2, (await CopyAsync(space, "src", "dst")).FilesUnchanged);
        Assert.Equal(inodes, space.Inodes("dst"));
    }

    [Fact]
    public async Task Time_is_kept_to_the_nanosecond_before_1970_and_far_ahead_too()
    {
        using var space = new Workspace();
        space.Bash("""
            mkdir -p src/old/inner src/new; echo x > src/old/file; echo x > src/new/file; head -c 400000 /dev/zero > src/new/large; ln -s x src/old/link
            touch -d '2038-01-19 03:14:08.000000001Z' src/new/file; touch -d '2200-06-07 08:09:10.999999999Z' src/new/large
            touch -h -d '1969-12-31 23:59:59.999999999Z' src/old/link src/old/file; touch -d '1970-01-01 00:00:00Z' src/old/inner
            touch -d '1910-01-02 03:04:05.123456789Z' src/old; touch -d '2024-02-29 12:00:00.5Z' src
            """);
        await CopyAndCompareAsync(space);
    }

    [Fact]
    public async Task Folder_that_becomes_the_copy_is_never_more_open_than_the_source()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/inner; chmod 700 src src/inner; mkfifo src/fifo src/inner/fifo");
        var modes = new List<string>();
        // While the problem is reported, the copy is under way.
        var copier = Copier(_ => modes.Add(space.Bash("find dst -type d -printf '%m '")));
        await copier.CopyAsync(space["src"], space["dst"], progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(2, modes.Count);
        Assert.All(modes, seen => Assert.Matches("^(700 )+$", seen));
    }
}
