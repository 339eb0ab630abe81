using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Links that are followed, cycles, and other file systems inside the source.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakeForLinks = """
        mkdir -p real/deep src/inner; echo one > real/file; echo two > real/deep/file; echo x > src/x; ln -s ../real src/to-folder; ln -s ../real/file src/to-file; ln -s ../../real/deep src/inner/to-deep; ln -s src named; ln -s real/file named-file
        """;

    [Fact]
    public async Task Every_link_is_followed_where_that_is_asked_for()
    {
        using var space = new Workspace();
        space.Bash(MakeForLinks);
        CopyResult result = await CopyWithAsync(space, "src", "dst", new CopyOptions { SymbolicLinks = SymbolicLinkHandling.Follow });
        Assert.Empty(result.Errors);
        Assert.Equal("", space.Bash("find dst -type l"));
        space.Bash("diff -r src dst; diff -r real dst/to-folder; diff -r real/deep dst/inner/to-deep; test $(stat -c %Y real/file) = $(stat -c %Y dst/to-file)");
        Assert.Equal((5L, 0L), (result.FilesCopied, result.LinksCopied));
        string inodes = space.Inodes("dst");
        Assert.Equal(5, (await CopyWithAsync(space, "src", "dst", new CopyOptions { SymbolicLinks = SymbolicLinkHandling.Follow })).FilesUnchanged);
        Assert.Equal(inodes, space.Inodes("dst"));
    }

    [Theory]
    [InlineData("named")]
    [InlineData("named/")]
    public async Task Named_link_alone_is_followed_where_that_is_asked_for(string source)
    {
        using var space = new Workspace();
        space.Bash(MakeForLinks);
        Assert.Empty((await CopyWithAsync(space, source, "dst", new CopyOptions { SymbolicLinks = SymbolicLinkHandling.FollowNamed })).Errors);
        space.AssertSame("src", "dst");
        Assert.Empty((await CopyWithAsync(space, source, "into/", new CopyOptions { SymbolicLinks = SymbolicLinkHandling.FollowNamed })).Errors);
        space.AssertSame("src", "into/named");
        Assert.Empty((await CopyWithAsync(space, "named-file", "into/", new CopyOptions { SymbolicLinks = SymbolicLinkHandling.FollowNamed })).Errors);
        Assert.Equal("one\n", space.Bash("test ! -L into/named-file; cat into/named-file"));
        Assert.Empty((await CopyWithAsync(space, source, "kept", new CopyOptions())).Errors);
        Assert.Equal("src\n", space.Bash("readlink kept"));
    }

    [Fact]
    public async Task Cycle_of_followed_links_is_an_error_of_its_own_and_the_rest_is_copied()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a/b other; echo x > src/a/b/x; echo y > other/y; ln -s . src/self; ln -s .. src/a/up; ln -s ../.. src/a/b/top; ln -s loop src/loop; ln -s nowhere src/dangling; ln -s ../other src/there; ln -s ../src/there other/back");
        CopyResult result = await CopyWithAsync(space, "src", "dst", new CopyOptions { SymbolicLinks = SymbolicLinkHandling.Follow });
        string[] errors = [.. result.Errors.Select(error => $"{error.Kind} {error.Path.ToText()[(space.Folder.Length + 1)..]}").Order(StringComparer.Ordinal)];
        Assert.Equal(["LinkCycle src/a/b/top", "LinkCycle src/a/up", "LinkCycle src/self", "LinkCycle src/there/back"], errors.Where(error => error.StartsWith("LinkCycle", StringComparison.Ordinal)));
        Assert.Equal(["src/dangling", "src/loop"], errors.Where(error => !error.StartsWith("LinkCycle", StringComparison.Ordinal)).Select(error => error.Split(' ')[1]).Order(StringComparer.Ordinal));
        Assert.Equal("dst/a/b/x\ndst/there/y\n", space.Bash("find dst -type f | sort"));
        Assert.Equal("", space.Bash("find dst -type l"));
    }

    [Fact]
    public async Task Folder_on_another_file_system_is_created_and_left_empty_where_that_is_asked_for()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a; echo x > src/a/x");
        using var mount = Mount.Small(space, "size=1m", "src/a/mounted");
        space.Bash("mkdir src/a/mounted/inner; echo y > src/a/mounted/inner/y; mkdir -p dst/a/mounted; echo mine > dst/a/mounted/mine");
        List<CopyEvent> events = await EventsAsync(space, new CopyOptions { OneFileSystem = true, Mirror = true });
        Assert.Equal(space["src/a/mounted"], Assert.Single(events, happened => happened.Kind == CopyEventKind.OtherFileSystem).Path.ToText());
        Assert.Equal(1, events[^1].Result!.EntriesSkipped);
        // What was not looked at does not say what is to be removed either.
        Assert.Equal("dst/a\ndst/a/mounted\ndst/a/mounted/mine\ndst/a/x\n", space.Bash("find dst -mindepth 1 | sort"));
        Assert.Empty((await CopyWithAsync(space, "src", "whole", new CopyOptions())).Errors);
        space.Bash("diff -r src whole");
        // The file system that was named is the one to stay on.
        Assert.Empty((await CopyWithAsync(space, "src/a/mounted", "inside", new CopyOptions { OneFileSystem = true })).Errors);
        space.Bash("diff -r src/a/mounted inside");
    }

    [Fact]
    public async Task Copy_ends_when_a_folder_is_mounted_inside_itself()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a/loop; echo x > src/a/x");
        (int exitCode, string output) = Shell.TryRun(space.Folder, "mount --bind src src/a/loop");
        if (exitCode != 0)
            Needs.Mount("bind mounts", output);
        try
        {
            CopyResult result = await CopyAsync(space, "src", "dst");
            Assert.Empty(result.Errors);
            Assert.Equal("dst/a/loop/a/x\ndst/a/x\n", space.Bash("find dst -type f | sort"));
        }
        finally
        {
            space.Bash("umount src/a/loop");
        }
    }

    [Fact]
    public async Task Name_of_any_single_byte_is_kept()
    {
        using var space = new Workspace(inMemory: true);
        Directory.CreateDirectory(space["src"]);
        space.Bash("for i in $(seq 1 255); do [ $i = 47 ] || printf -v n \"\\\\x$(printf %02x $i)\" && [ $i != 47 ] && [ $i != 46 ] && echo $i > \"src/$n\"; done; mkdir -p \"src/deep\"; test $(ls -A src | wc -l) -ge 250");
        await CopyAndCompareAsync(space);
        Assert.Equal(253, (await CopyAsync(space, "src", "dst")).FilesUnchanged);
    }
}
