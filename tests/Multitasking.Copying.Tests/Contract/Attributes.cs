using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Extended attributes, access control lists and capabilities.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task Extended_attributes_are_kept_whatever_they_are_and_whoever_has_them()
    {
        using var space = new Workspace();
        NeedsAttributes(space);
        space.Bash("""
            mkdir -p src/folder; echo x > src/file; head -c 300000 /dev/zero > src/large; echo y > src/readonly; : > src/empty; ln -s file src/link
            python3 - <<'.'
            import os
            os.setxattr('src/file', 'user.empty', b'')
            os.setxattr('src/file', b'user.\xff\xfe name', bytes(range(256)))
            for i in range(20): os.setxattr('src/large', 'user.%d' % i, b'value %d' % i)
            os.setxattr('src/readonly', 'user.big', b'v' * 3000)
            os.setxattr('src/folder', 'user.folder', b'f')
            os.setxattr('src/empty', 'user.nothing', b'n')
            if os.geteuid() == 0:
                os.setxattr('src/link', 'trusted.link', b'l', follow_symlinks=False)
                os.setxattr('src/folder', 'trusted.folder', b't')
            .
            chmod 444 src/readonly; chmod 555 src/folder; touch -d @1000000000 src/* src
            """);
        await CopyAndCompareAsync(space, Archive);
        await AssertNothingLeftAsync(space, Archive);
        // One attribute changed, one gone, one that only the copy has: contents stay where they are.
        space.Bash("setfattr -n user.big -v other src/readonly; setfattr -x user.3 src/large; setfattr -n user.extra -v e dst/folder; setfattr -n user.extra -v e dst/empty");
        CopyResult result = await CopyAndCompareAsync(space, Archive);
        Assert.Equal(0, result.FilesCopied);
        // Nobody asked for them.
        await CopyAndCompareAsync(space, Plain, destination: "plain");
        Assert.Equal("", space.Bash("getfattr -R -d -m - plain"));
    }

    [Fact]
    public void Extended_attributes_are_kept_of_readonly_files_by_their_unprivileged_owner()
    {
        using var space = new Workspace();
        NeedsAttributes(space);
        space.Bash("mkdir -p src/folder; echo x > src/file; echo y > src/folder/y; for name in src/file src/folder src/folder/y; do setfattr -n user.a -v 1 $name; done; chmod 444 src/file; chmod 400 src/folder/y; chmod 555 src/folder src");
        (int exitCode, string output) = TestProgram.RunAsNobody(space, Isolation, "src dst", CopyPreserve.All);
        Assert.True(exitCode == 0, output);
        space.AssertSame("src", "dst", CopyPreserve.All);
        // The copy is there, and as little open to its owner as the source.
        space.Bash("setfattr -n user.a -v 2 src/file; setfattr -n user.b -v 3 src/folder; setfattr -x user.a src/folder/y");
        (exitCode, output) = TestProgram.RunAsNobody(space, Isolation, "src dst", CopyPreserve.All);
        Assert.True(exitCode == 0 && output.StartsWith("copied 0,", StringComparison.Ordinal), output);
        space.AssertSame("src", "dst", CopyPreserve.All);
    }

    [Fact]
    public async Task Lost_attribute_is_told_for_its_file_alone_where_the_file_system_has_none()
    {
        using var space = new Workspace();
        NeedsAttributes(space);
        space.Bash("mkdir src; echo x > src/with; echo y > src/without; setfattr -n user.a -v 1 src/with; chmod 640 src/*");
        using var mount = Mount.WithoutAttributes(space, "dst");
        for (int run = 0; run < 2; run++)
        {
            CopyResult result = await CopyAsync(space, Archive);
            Assert.Equal(CopyErrorKind.MetadataNotKept, Assert.Single(result.Errors).Kind);
            Assert.Equal(["with"], NamesOf(result));
            space.AssertSame("src", "dst", CopyPreserve.All & ~CopyPreserve.ExtendedAttributes);
            Assert.Equal(run == 0 ? 1 : 0, result.FilesCopied);
        }

        Assert.Empty((await CopyAsync(space, Plain with { Update = CopyUpdate.All })).Errors);
    }

    [Fact]
    public async Task Access_control_lists_are_kept_and_a_default_one_lets_nobody_in()
    {
        using var space = new Workspace();
        NeedsLists(space);
        space.Bash("""
            mkdir -p src/with/inner src/without/inner; for folder in src src/*/ src/*/*/; do echo x > $folder/file; head -c 300000 /dev/zero > $folder/large; mkfifo $folder/fifo; done
            setfacl -m u:1234:rw,g:1235:r src/with/file src/with/large; setfacl -m u:1234:rwx src/with; setfacl -d -m u:1236:rwx,g::r src/with src/with/inner; chmod 640 src/without/file; chmod 600 src/without/large
            chmod 750 src/without src/without/inner; mkdir dst dst/without; setfacl -d -m u:1237:rwx,o::rwx dst dst/without; setfacl -m u:1238:rwx dst/without; touch -d @1000000000 src src/* src/*/* src/*/*/*
            """);
        await CopyAndCompareAsync(space, Archive);
        await AssertNothingLeftAsync(space, Archive);
        space.Bash("setfacl -m u:1239:r src/with/file dst/with/large; setfacl -b src/with/large; setfacl -k src/with/inner");
        CopyResult result = await CopyAndCompareAsync(space, Archive);
        Assert.Equal(0, result.FilesCopied);
        await CopyAndCompareAsync(space, Archive with { Update = CopyUpdate.All, Writing = CopyWriting.InPlace });
    }

    [Fact]
    public async Task File_that_is_written_over_has_the_mode_the_attributes_and_the_list_of_its_source_and_no_others()
    {
        using var space = new Workspace();
        NeedsAttributes(space);
        NeedsLists(space);
        space.Bash("mkdir src dst plain; for name in attribute list closed open; do echo new > src/$name; echo other > dst/$name; done; setfattr -n user.new -v n src/list; chmod 600 src/open");
        space.Bash("setfattr -n user.old -v o dst/attribute; setfacl -m u:1234:rw dst/list; chmod 400 dst/closed; chmod 666 dst/open; cp -p dst/closed dst/open plain");
        await CopyAndCompareAsync(space, Archive with { Writing = CopyWriting.InPlace });
        // The mode alone is asked for.
        await CopyAndCompareAsync(space, Plain with { Writing = CopyWriting.InPlace }, destination: "plain");
    }

    [Fact]
    public async Task Mode_is_kept_where_a_default_list_gives_less_or_more()
    {
        using var space = new Workspace();
        NeedsLists(space);
        space.Bash("mkdir -p src/inner less more; for folder in src src/inner; do echo x > $folder/x; head -c 300000 /dev/zero > $folder/y; done; chmod 664 src/x; chmod 640 src/inner/y; setfacl -d -m u::rw,g::-,o::- less; setfacl -d -m u:1234:rwx,g::rwx,o::rwx more");
        await CopyAndCompareAsync(space, Plain, destination: "less");
        await CopyAndCompareAsync(space, Plain, destination: "less/new");
        await CopyAndCompareAsync(space, Plain, destination: "more/new");
        await AssertNothingLeftAsync(space, Plain, destination: "less/new");
    }

    [Fact]
    public async Task Capability_survives_the_change_of_owner()
    {
        Needs.Root("only root may give a file capabilities");
        Needs.Program("setcap", "libcap2-bin");
        using var space = new Workspace();
        space.Bash("export PATH=$PATH:/usr/sbin:/sbin; mkdir src; echo x > src/program; head -c 300000 /dev/zero > src/large; chown 1000:1000 src/*; chmod 755 src/*; setcap cap_net_raw+ep src/program; setcap cap_chown+p src/large");
        await CopyAndCompareAsync(space, Archive);
        Assert.Contains("security.capability", Listing.Of(space["dst"])["program"].Attributes.Keys);
        await AssertNothingLeftAsync(space, Archive);
        // Owner and capability both have to be set right.
        space.Bash("chown 0:0 dst/program");
        await CopyAndCompareAsync(space, Archive);
        await CopyAndCompareAsync(space, Archive with { Update = CopyUpdate.All, Writing = CopyWriting.InPlace });
    }

    private static void NeedsAttributes(Workspace space)
    {
        Needs.Program("setfattr", "attr");
        (int exitCode, string output) = Shell.TryRun(space.Folder, "touch probe; setfattr -n user.a -v b probe");
        Needs.Machine(exitCode == 0, "a temporary folder with extended attributes", output);
    }

    private static void NeedsLists(Workspace space)
    {
        Needs.Program("setfacl", "acl");
        (int exitCode, string output) = Shell.TryRun(space.Folder, "touch probe; setfacl -m u:1:r probe");
        Needs.Machine(exitCode == 0, "a temporary folder with access control lists", output);
    }
}
