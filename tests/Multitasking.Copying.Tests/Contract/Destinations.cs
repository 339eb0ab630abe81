using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What SRC and DST mean.</summary>
public abstract partial class FolderCopierContract
{
    [Theory]
    [InlineData("src", "dst", "src", "dst")]
    [InlineData("src/", "dst", "src", "dst")]
    [InlineData("src///", "old", "src", "old")]
    [InlineData("src", "old/", "src", "old/src")]
    [InlineData("src", "dst//", "src", "dst/src")]
    [InlineData("src", "a/b/c", "src", "a/b/c")]
    [InlineData("src/.", "dst", "src", "dst")]
    [InlineData("src/inner/..", "dst/", "src", "dst/src")]
    [InlineData("src/inner/.", "dst/", "src/inner", "dst/inner")]
    [InlineData("src", "old/.", "src", "old")]
    [InlineData("src", "old/../old2", "src", "old2")]
    [InlineData("src", "to-old", "src", "old")]
    [InlineData("src/file", "old", "src/file", "old/file")]
    [InlineData("src/file", "new", "src/file", "new")]
    [InlineData("src/file", "new/", "src/file", "new/file")]
    [InlineData("src/file", "a/b/new", "src/file", "a/b/new")]
    [InlineData("src/file", "to-old", "src/file", "old/file")]
    [InlineData("src/file", "old/x", "src/file", "old/x")]
    [InlineData("src/file", "dangling", "src/file", "dangling")]
    [InlineData("to-src", "dst", "to-src", "dst")]
    [InlineData("to-src/", "dst", "to-src", "dst")]
    [InlineData("to-src", "old", "to-src", "old/to-src")]
    [InlineData("to-nowhere", "dst/", "to-nowhere", "dst/to-nowhere")]
    public async Task Copy_is_where_the_rules_say(string source, string destination, string same, string place)
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/inner old; echo x > src/file; echo y > src/inner/y; echo other > old/x; ln -s src to-src; ln -s old to-old; ln -s nowhere dangling; ln -s gone to-nowhere");
        Assert.Empty((await CopyAsync(space, source, destination)).Errors);
        string left = space.Bash($"diff -r --no-dereference {same} {place} || true");
        Assert.DoesNotContain(left.Split('\n'), line => line.Length > 0 && line != $"Only in {place}: x");
        Assert.Equal(space.Bash($"stat -c '%Y %F' {same}"), space.Bash($"stat -c '%Y %F' {place}"));
        // And again: that DST exists now changes nothing.
        string tree = space.Inodes(".");
        Assert.Empty((await CopyAsync(space, source, destination)).Errors);
        if (source != "src/file" || destination != "new/")
            Assert.Equal(tree, space.Inodes("."));
    }

    [Fact]
    public async Task Several_sources_go_into_the_destination_under_their_names()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p a/inner b/c; echo 1 > a/1; echo 2 > b/c/2; echo 3 > b/3; ln -s x link");
        CopyResult result = await CopyAsync([space["a/"], space["b/c"], space["b/3"], space["link"], space["a/inner/.."][..^9] + "/1"], space["new/dst"]);
        Assert.Empty(result.Errors);
        Assert.Equal((4L, 1L, 5L), (result.FilesCopied, result.LinksCopied, result.FoldersCreated));
        space.Bash("diff -r a new/dst/a; diff -r b/c new/dst/c; diff b/3 new/dst/3; diff a/1 new/dst/1; test $(readlink new/dst/link) = x");
    }

    [Fact]
    public void Path_is_relative_to_the_current_directory()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/inner work/deep; echo x > src/inner/x");
        (int exitCode, string output) = TestProgram.Run(space, "cd src/inner; exec", Isolation, 2, ". ../../one");
        Assert.True(exitCode == 0, output);
        (exitCode, output) = TestProgram.Run(space, "cd src/inner; exec", Isolation, 2, ".. x ../../two");
        Assert.True(exitCode == 0, output);
        (exitCode, output) = TestProgram.Run(space, "cd work/deep; exec", Isolation, 2, "../../src .");
        Assert.True(exitCode == 0, output);
        space.Bash("diff -r src/inner one; diff -r src two/src; diff src/inner/x two/x; diff -r src work/deep");
    }
}
