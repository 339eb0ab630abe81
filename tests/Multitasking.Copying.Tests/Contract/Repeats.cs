using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>The same copy again, and what is in the destination already.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakeForRepeats = """
        mkdir -p src/a/b src/empty; for i in $(seq 20); do echo $i > src/a/b/$i; done
        head -c 400000 /dev/urandom > src/a/large; ln -s large src/a/link; chmod 500 src/a/b; chmod 4755 src/a/b/3; touch -h -d '2001-02-03 04:05:06.7' src/a/b/* src/a/b src/a/link
        """;

    [Fact]
    public async Task Second_copy_writes_nothing_when_nothing_changed()
    {
        using var space = new Workspace();
        space.Bash(MakeForRepeats);
        await CopyAndCompareAsync(space);
        string inodes = space.Inodes("dst");
        CopyResult second = await CopyAndCompareAsync(space);
        Assert.Equal(inodes, space.Inodes("dst"));
        Assert.Equal((0L, 22L, 0L, 0L, 0L), (second.FilesCopied, second.FilesUnchanged, second.FoldersCreated, second.LinksCopied, second.BytesCopied));
    }

    [Fact]
    public async Task Second_copy_replaces_what_changed_and_nothing_else()
    {
        using var space = new Workspace();
        space.Bash(MakeForRepeats);
        await CopyAndCompareAsync(space);
        string before = space.Inodes("dst/a/b/1");
        // Another size; another time with the same size; only the mode; a link that leads elsewhere.
        space.Bash("cd src/a; echo longer >> b/2; echo 9 > b/3; touch -d @1 b/3; chmod 600 b/4; ln -sfn elsewhere link; touch -h -d @2 link; echo new > b/new");
        string onlyMode = space.Bash("stat -c %i dst/a/b/4");
        CopyResult second = await CopyAndCompareAsync(space);
        Assert.Equal((3L, 1L, 19L), (second.FilesCopied, second.LinksCopied, second.FilesUnchanged));
        Assert.Equal(before, space.Inodes("dst/a/b/1"));
        Assert.Equal(onlyMode, space.Bash("stat -c %i dst/a/b/4"));
    }

    [Fact]
    public async Task Second_copy_completes_the_first_when_parts_of_it_are_missing()
    {
        using var space = new Workspace();
        space.Bash(MakeForRepeats);
        await CopyAndCompareAsync(space);
        space.Bash("chmod 700 dst/a/b; rm -r dst/empty dst/a/link dst/a/b/7; truncate -s 3 dst/a/large; touch dst/a");
        CopyResult second = await CopyAndCompareAsync(space);
        Assert.Equal((2L, 1L, 1L), (second.FilesCopied, second.LinksCopied, second.FoldersCreated));
    }

    [Fact]
    public async Task Copy_leaves_alone_what_only_the_destination_has()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a dst/a/own; echo x > src/a/x; echo own > dst/a/own/file; ln -s nowhere dst/a/link; echo y > dst/a/.mtcopy-mine");
        Assert.Empty((await CopyAsync(space, "src", "dst")).Errors);
        Assert.Equal(".mtcopy-mine\nlink\nown\nx\n", space.Bash("ls -A dst/a"));
    }

    [Fact]
    public async Task File_takes_the_place_of_a_link_without_following_it()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; echo new > src/a; echo new > src/b; ln -s x src/c; echo keep > outside; ln -s ../outside dst/a; ln -s /nowhere dst/b; echo old > dst/c");
        await CopyAndCompareAsync(space);
        Assert.Equal("keep\n", space.Bash("cat outside"));
    }

    [Fact]
    public async Task Hard_linked_file_in_the_destination_keeps_its_other_names_contents()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; echo new > src/a; echo older > dst/a; ln dst/a other");
        await CopyAndCompareAsync(space);
        Assert.Equal("older\n", space.Bash("cat other"));
    }

    [Fact]
    public async Task Entry_is_reported_when_something_of_another_kind_has_its_place()
    {
        using var space = new Workspace();
        space.Bash("""
            mkdir -p src/folder src/through dst/file dst/link outside
            echo x > src/folder/x; echo x > src/through/x; echo x > src/file; ln -s x src/link; echo good > src/good
            echo y > dst/folder; ln -s ../outside dst/through
            """);
        CopyResult result = await CopyAsync(space, "src", "dst");
        Assert.Equal(["file", "folder", "link", "through"], result.Errors.Select(error => Path.GetFileName(error.Path.ToText())).Order(StringComparer.Ordinal));
        Assert.All(result.Errors, error => Assert.Equal(CopyErrorKind.DestinationConflict, error.Kind));
        Assert.Equal("good\ny\n", space.Bash("cat dst/good dst/folder"));
        Assert.Equal("", space.Bash("ls -A outside dst/file dst/link | grep -v :$ || true").Trim());
        Assert.Throws<CopyFailedException>(result.ThrowIfFailed);
    }

    [Fact]
    public async Task Two_copies_into_one_destination_do_not_disturb_each_other()
    {
        using var space = new Workspace();
        space.Bash("mkdir one two; for i in $(seq 300); do echo $i > one/a$i; echo $i > two/b$i; done; touch -d @1 one two; mkdir all; cp -a one/. two/. all");
        CopyResult[] results = await Task.WhenAll(CopyAsync(space, "one", "dst"), CopyAsync(space, "two", "dst"));
        Assert.All(results, result => Assert.Empty(result.Errors));
        space.Bash("diff -r all dst");
    }
}
