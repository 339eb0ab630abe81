using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Modes, the creation mask, owners and groups, as root and as somebody else.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakeOwned = """
        mkdir -p src/folder src/set; echo x > src/file; head -c 300000 /dev/zero > src/large; ln -s file src/link; echo y > src/folder/y; echo z > src/set/z; mkfifo src/fifo
        chown 1000:1001 src/file; chown -h 1002:1003 src/link; chown 1004:1005 src/folder src/fifo; chown 1006:1007 src/large; chown 1008:1009 src/set
        chmod 6711 src/file; chmod 4750 src/large; chmod 2770 src/set; chmod 1777 src/folder; chmod 620 src/fifo; touch -h -d @1000000000.5 src/* src
        """;

    [Fact]
    public async Task Every_mode_is_kept()
    {
        Needs.Root("only root may give files away");
        using var space = new Workspace(inMemory: true);
        space.Bash("""
            python3 - <<'.'
            import os
            os.makedirs('src/files'); os.makedirs('src/folders')
            for mode in range(0o7777, -1, -11):
                os.close(os.open('src/files/%o' % mode, os.O_CREAT)); os.chmod('src/files/%o' % mode, mode)
            for mode in range(0o7777, -1, -37):
                os.mkdir('src/folders/%o' % mode); os.chmod('src/folders/%o' % mode, mode)
            .
            """);
        await CopyAndCompareAsync(space, Plain);
        await CopyAndCompareAsync(space, Archive, destination: "archive");
        // In the place of others.
        space.Bash("chmod -R 0640 dst/files");
        CopyResult result = await CopyAndCompareAsync(space, Plain);
        Assert.Equal((0L, 373L), (result.FilesCopied, result.FilesUnchanged));
    }

    [Fact]
    public async Task Owner_and_group_are_kept_of_everything_by_root()
    {
        Needs.Root("only root may give files away");
        using var space = new Workspace();
        space.Bash(MakeOwned);
        await CopyAndCompareAsync(space, Archive);
        await AssertNothingLeftAsync(space, Archive);
        // Only the owner differs: contents stay where they are.
        space.Bash("chown -h 0:0 dst/* dst/*/*; chmod 600 dst/file");
        string inode = space.Bash("stat -c %i dst/file dst/large");
        CopyResult result = await CopyAndCompareAsync(space, Archive);
        Assert.Equal((0L, inode), (result.FilesCopied, space.Bash("stat -c %i dst/file dst/large")));
        await CopyAndCompareAsync(space, Archive with { Writing = CopyWriting.InPlace, Update = CopyUpdate.All });
    }

    [Fact]
    public void Owner_that_cannot_be_kept_is_passed_over_and_the_group_is_kept_by_a_member()
    {
        Needs.Root("only root may give files away");
        using var space = new Workspace();
        space.Bash("""
            mkdir -p src/folder; for name in own member foreign; do echo x > src/$name; done; ln -s own src/link; mkfifo src/fifo; echo x > src/folder/x
            chown 65534:65534 src/own; chown 0:1234 src/member src/folder; chown 0:4321 src/foreign; chown -h 0:1234 src/link; chmod 2775 src/folder; chmod 6755 src/own src/member src/foreign
            """);
        (int exitCode, string output) = TestProgram.RunAsMember(space, Isolation, "src dst", CopyPreserve.All, owned: "65534:65534 .");
        Assert.True(exitCode == 0, output);
        space.AssertSame("src", "dst", CopyPreserve.Times);
        // The same as cp, but for the bits that would let a program run as somebody it did not run as before.
        Assert.Equal(
            "fifo 65534:65534 644\nfolder 65534:1234 2775\nforeign 65534:65534 755\nlink 65534:1234 777\nmember 65534:1234 2755\nown 65534:65534 6755\n",
            space.Bash("cd dst; stat -c '%n %u:%g %a' *"));
        (exitCode, output) = TestProgram.RunAsMember(space, Isolation, "src dst", CopyPreserve.All, owned: "65534:65534 .");
        Assert.True(exitCode == 0 && output.StartsWith("copied 0,", StringComparison.Ordinal), output);
    }

    [Theory]
    [InlineData("077", CopyPreserve.None)]
    [InlineData("027", CopyPreserve.Times)]
    [InlineData("000", CopyPreserve.None)]
    [InlineData("077", CopyPreserve.Default)]
    [InlineData("777", CopyPreserve.All)]
    public void Mode_is_what_cp_would_give_under_the_creation_mask(string mask, CopyPreserve preserve)
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/open src/closed; for mode in 777 666 640 600 444 755; do echo x > src/$mode; head -c 300000 /dev/zero > src/open/$mode; chmod $mode src/$mode src/open/$mode; done; chmod 777 src/open; chmod 555 src/closed");
        string kept = preserve == CopyPreserve.All ? "-a" : preserve == CopyPreserve.None ? "-r" : preserve == CopyPreserve.Times ? "-r --preserve=timestamps" : "-r --preserve=mode,timestamps";
        space.Bash($"umask {mask}; cp {kept} src expected");
        (int exitCode, string output) = TestProgram.Run(space, $"umask {mask}; exec", Isolation, 2, "src dst", preserve);
        Assert.True(exitCode == 0, output);
        space.AssertSame("expected", "dst", CopyPreserve.Mode | (preserve & CopyPreserve.Times));
    }

    [Fact]
    public async Task Group_is_inherited_from_the_folder_as_with_cp_unless_it_is_kept()
    {
        Needs.Root("only root may give files away");
        using var space = new Workspace();
        space.Bash("mkdir -p src/inner; echo x > src/x; head -c 300000 /dev/zero > src/inner/y; chmod 640 src/x; mkdir shared; chgrp 1234 shared; chmod 2775 shared; cp -r src shared/cp-none; cp -r --preserve=mode,timestamps src shared/cp-mode; cp -a src shared/cp-all");
        (string Cp, CopyPreserve Preserve)[] ways = [("cp-none", CopyPreserve.None), ("cp-mode", CopyPreserve.Default), ("cp-all", CopyPreserve.All)];
        foreach ((string cp, CopyPreserve preserve) in ways)
        {
            Assert.Empty((await CopyAsync(space, Plain with { Preserve = preserve }, destination: $"shared/{preserve}")).Errors);
            // A mode that is kept is the source's to the last bit, whatever the folder passes on.
            space.AssertSame($"shared/{cp}", $"shared/{preserve}", CopyPreserve.Owner | (preserve == CopyPreserve.None ? CopyPreserve.Mode : 0));
            if (preserve != CopyPreserve.None)
                space.AssertSame("src", $"shared/{preserve}", preserve);
        }
    }
}
