using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>A source and a destination that are one file, in one way or another: nothing is ever lost.</summary>
public abstract partial class FolderCopierContract
{
    /// <summary>Each file holds its own name.</summary>
    private const string MakeSameFiles = """
        mkdir src dst; for name in hard to-src chain; do printf $name > src/$name; done; printf from-dst > dst/from-dst; printf both > both; printf other > src/other
        ln src/hard dst/hard; ln -s ../src/to-src dst/to-src; ln -s chain-2 dst/chain; ln -s ../src/chain dst/chain-2
        ln -s ../dst/from-dst src/from-dst; ln -s ../both src/both; ln -s ../both dst/both
        """;

    public static TheoryData<string> OptionsForSameFiles => [.. s_optionsForSameFiles.Keys];

    private static readonly Dictionary<string, Func<CopyOptions, CopyOptions>> s_optionsForSameFiles = new()
    {
        ["nothing"] = options => options,
        ["everything kept"] = options => options with { Preserve = CopyPreserve.All },
        ["all replaced"] = options => options with { Update = CopyUpdate.All },
        ["written over"] = options => options with { Writing = CopyWriting.InPlace, Update = CopyUpdate.All },
        ["links followed"] = options => options with { SymbolicLinks = SymbolicLinkHandling.Follow, Update = CopyUpdate.All },
        ["links followed and written over"] = options => options with { SymbolicLinks = SymbolicLinkHandling.Follow, Writing = CopyWriting.InPlace, Update = CopyUpdate.All },
        ["contents compared"] = options => options with { CompareContents = true, Writing = CopyWriting.Atomic },
        ["mirrored"] = options => options with { Mirror = true, Update = CopyUpdate.All },
        ["moved"] = options => options with { Move = true, Update = CopyUpdate.All },
    };

    [Theory]
    [MemberData(nameof(OptionsForSameFiles))]
    public async Task Contents_survive_where_both_sides_are_one_file_with(string options)
    {
        using var space = new Workspace();
        space.Bash(MakeSameFiles);
        CopyOptions how = s_optionsForSameFiles[options](Plain);
        CopyResult result = await CopyAsync(space, how);
        Assert.All(result.Errors, error => Assert.Equal(CopyErrorKind.SameFile, error.Kind));
        // Always one file; and a link must not take the place of what it leads to.
        Assert.Equal(["from-dst", "hard"], NamesOf(result));
        Assert.Equal("both from-dst hard", space.Bash("cat both; printf ' '; cat dst/from-dst; printf ' '; cat dst/hard"));
        Assert.Equal("hard to-src chain other", space.Bash($"cat src/hard; for name in to-src chain other; do printf ' '; cat {(how.Move ? "dst" : "src")}/$name; done"));
        Assert.Equal("", space.Bash("find . -type f -empty"));
        Assert.Equal("to-src chain other", space.Bash("cd dst; cat to-src; printf ' '; cat chain; printf ' '; cat other; test ! -L to-src; test ! -L chain"));
        space.AssertNoTemporary(".");
    }

    [Fact]
    public async Task Single_link_is_not_copied_onto_what_it_leads_to()
    {
        using var space = new Workspace();
        space.Bash("echo precious > file; ln -s file link; ln -s link link2");
        Assert.Equal(CopyErrorKind.SameFile, Assert.Single((await CopyAsync(space, Plain, "link", "file")).Errors).Kind);
        Assert.Equal(CopyErrorKind.SameFile, Assert.Single((await CopyAsync(space, Archive, "link2", "file")).Errors).Kind);
        Assert.Equal("precious\nlink\n", space.Bash("cat file; readlink link2; test ! -L file"));
    }

    [Fact]
    public async Task File_that_is_mounted_over_itself_is_reported_and_kept()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; echo precious > src/file; echo other > src/other; touch dst/file");
        using var mount = Mount.Bind(space, "src/file", "dst/file");
        foreach (CopyWriting writing in Enum.GetValues<CopyWriting>())
        {
            CopyError error = Assert.Single((await CopyAsync(space, Plain with { Writing = writing, Update = CopyUpdate.All })).Errors);
            Assert.Equal((CopyErrorKind.SameFile, (FilePath)space["src/file"]), (error.Kind, error.Path));
        }

        Assert.Equal("precious\nprecious\nother\n", space.Bash("cat src/file dst/file dst/other"));
    }

    [Fact]
    public async Task Entry_is_copied_when_it_has_the_inode_number_of_something_on_the_other_device()
    {
        using var space = new Workspace();
        using var from = Mount.Small(space, "size=1m", "src");
        using var to = Mount.Small(space, "size=1m", "dst");
        space.Bash("mkdir src/inner; echo new > src/file; echo deep > src/inner/file; mkdir dst/inner; echo older > dst/file; touch -d @1 dst/file");
        using var inside = Mount.Small(space, "size=1m", "src/mounted");
        space.Bash("echo x > src/mounted/file");
        Assert.Equal("1\n", space.Bash("stat -c %i src dst src/mounted | sort -u | wc -l"));
        Assert.Equal("1\n", space.Bash("stat -c %i src/file dst/file | sort -u | wc -l"));
        await CopyAndCompareAsync(space, Archive);
    }

    [Fact]
    public async Task Link_that_leads_in_a_circle_in_the_destination_is_replaced_and_not_followed()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/folder dst; echo x > src/loop; echo y > src/pair; echo z > src/folder/z; ln -s loop dst/loop; ln -s pair2 dst/pair; ln -s pair dst/pair2; ln -s folder dst/folder; ln -s circle circle");
        CopyResult result = await CopyAsync(space, Plain);
        Assert.Equal(CopyErrorKind.DestinationConflict, Assert.Single(result.Errors).Kind);
        Assert.Equal(["folder"], NamesOf(result));
        Assert.Equal("x\ny\n", space.Bash("cat dst/loop dst/pair; test -L dst/pair2"));

        Assert.Equal(CopyErrorKind.DestinationConflict, (await RefusedAsync(space, "src", "circle")).Kind);
        Assert.Empty((await CopyAsync(space, Plain, "src/loop", "circle")).Errors);
        Assert.Equal("x\n", space.Bash("test ! -L circle; cat circle"));
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link_that_the_same_run_would_create()
    {
        using var space = new Workspace();
        space.Bash("mkdir a b dst; echo keep > target; ln -s ../target a/1; echo evil > b/1");
        Assert.Equal(CopyErrorKind.NameCollision, (await RefusedAsync([space["a/1"], space["b/1"]], space["dst"])).Kind);
        // One after the other: the link is replaced.
        Assert.Empty((await CopyAsync(space, Plain, "a/1", "dst/1")).Errors);
        Assert.Empty((await CopyAsync(space, Plain with { Writing = CopyWriting.InPlace }, "b/1", "dst/1")).Errors);
        Assert.Equal("keep\nevil\n", space.Bash("cat target dst/1; test ! -L dst/1"));
    }
}
