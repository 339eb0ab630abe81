using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

/// <summary>What becomes of SRC at DST, as the table in docs/mtcopy.md has it.</summary>
public sealed class DestinationTests
{
    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public void Folder_becomes_the_destination_when_that_does_not_exist(string isolation)
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        CommandResult result = space.Mtcopy("--isolation", isolation, "src", "dst").ExitsWith(0);
        Tree.AssertSame(space, "src", "dst");
        Assert.Matches(@"\ACopied 3 files, 4 folders, 2 links: 293 KiB in \d+\.\d+ s, [\d.]+ [KM]iB/s\.\n\z", result.Output);
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public void Folder_completes_the_destination_when_that_exists(string isolation)
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        space.Mtcopy("--isolation", isolation, "src", "dst").ExitsWith(0);
        space.Bash("rm dst/album/noise; echo more >> dst/one.txt; echo mine > dst/mine");
        CommandResult result = space.Mtcopy("--isolation", isolation, "src/", "dst").ExitsWith(0);
        Assert.Matches(@"\ACopied 2 files: 293 KiB in .*\n3 unchanged\.\n\z", result.Output);
        Assert.Equal("mine\n", space.Bash("cat dst/mine; rm dst/mine; touch -r src dst"));
        Tree.AssertSame(space, "src", "dst");
    }

    [Fact]
    public void Same_command_has_nothing_to_copy_when_it_is_run_again()
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        space.Mtcopy("src", "dst").ExitsWith(0);
        CommandResult result = space.Mtcopy("src", "dst").ExitsWith(0);
        Assert.Matches(@"\ANothing to copy: all is there \(\d+\.\d+ s\)\.\n5 unchanged\.\n\z", result.Output);
        Tree.AssertSame(space, "src", "dst");
    }

    [Theory]
    [InlineData("mkdir dst;")]
    [InlineData("")]
    public void Folder_goes_into_the_destination_when_that_ends_with_a_slash(string before)
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        space.MtcopyIn($"{before} exec $MTCOPY src/ dst/").ExitsWith(0);
        Tree.AssertSame(space, "src", "dst/src");
    }

    [Fact]
    public void Several_sources_go_into_the_destination()
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "one");
        Tree.MakeSmall(space, "two");
        space.Bash("echo three > three; ln -s three link");
        space.Mtcopy("one", "two/", "three", "link", "dst").ExitsWith(0);
        Tree.AssertSame(space, "one", "dst/one");
        Tree.AssertSame(space, "two", "dst/two");
        Assert.Equal("three\nthree\n", space.Bash("cat dst/three; readlink dst/link"));
    }

    [Fact]
    public void Single_file_takes_the_name_of_the_destination_or_goes_into_an_existing_folder()
    {
        using var space = new Workspace();
        space.Bash("echo text > file; mkdir folder");
        space.Mtcopy("file", "copy").ExitsWith(0);
        CommandResult result = space.Mtcopy("file", "folder").ExitsWith(0);
        Assert.Equal("text\ntext\n", space.Bash("cat copy folder/file"));
        Assert.StartsWith("Copied 1 file: 5 B in ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkdir src; exec $MTCOPY src src/in", "src/in", "mtcopy: src")]
    [InlineData("mkdir src; exec $MTCOPY src src/", "src/src", "mtcopy: src")]
    [InlineData("mkdir src; ln -s src alias; exec $MTCOPY src alias/in", "src/in", "mtcopy: src")]
    [InlineData("echo x > src; exec $MTCOPY src src", "", "mtcopy: src")]
    [InlineData("echo x > src; ln src same; exec $MTCOPY src same", "", "mtcopy: src")]
    [InlineData("exec $MTCOPY missing dst", "dst", "mtcopy: missing")]
    public void Copy_is_refused_with_a_reason_and_exit_code_3(string script, string notMade, string error)
    {
        using var space = new Workspace();
        CommandResult result = space.MtcopyIn(script).ExitsWith(3);
        Assert.StartsWith(error, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        space.Bash($"test ! -e '{notMade}'; test ! -f src || test x = $(cat src)");
    }
}
