using Multitasking.Copying.Tests.Support;
using Multitasking.Fuse;

namespace Multitasking.Copying.Tests;

/// <summary>Names that the destination's file system takes for one: none of the files is lost without a word.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakeTwins = """
        mkdir -p src/Folder src/folder; echo one > src/A; echo the other > src/a; echo composed > $'src/\xc3\xa9'; echo decomposed one > $'src/e\xcc\x81'; echo alone > src/alone
        echo x > src/Folder/x; echo y > src/folder/y; ln -s one src/Link; ln -s two src/link
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Entries_whose_names_are_one_in_the_destination_are_reported_and_none_is_replaced_by_another(bool exists)
    {
        using var space = new Workspace();
        await using FuseMount mount = await FoldingAsync(space);
        space.Bash(MakeTwins + (exists ? "; mkdir mounted/dst; echo much older > mounted/dst/a; echo much older > mounted/dst/ALONE" : ""));
        for (int round = 0; round < 2; round++)
        {
            CopyResult result = await CopyAsync(space, "src", "mounted/dst");
            Assert.Equal(4, result.Errors.Count);
            Assert.All(result.Errors, error => Assert.Equal(CopyErrorKind.NameCollision, error.Kind));
            string[] names = [.. result.Errors.Select(error => Path.GetFileName(error.Path.ToText()).Replace("e\u0301", "é", StringComparison.Ordinal).ToUpperInvariant()).Order(StringComparer.Ordinal)];
            Assert.Equal(["A", "FOLDER", "LINK", "É"], names);
            Assert.Equal("5", space.Bash("ls mounted/dst | wc -l").Trim());
            // What was not reported is there, with its own contents.
            foreach (string file in (string[])["A", "a", "é", "e\u0301", "alone"])
                if (!result.Errors.Any(error => error.Path == (FilePath)space[$"src/{file}"]))
                    Assert.Equal(File.ReadAllText(space[$"src/{file}"]), File.ReadAllText(space[$"mounted/dst/{file}"]));
        }
    }

    [Fact]
    public async Task Files_of_one_size_and_time_are_two_files_all_the_same()
    {
        using var space = new Workspace();
        await using FuseMount mount = await FoldingAsync(space);
        space.Bash("mkdir src mounted/dst; echo old > mounted/dst/other; for i in $(seq 20); do echo one > src/A$i; echo two > src/a$i; done; touch -d @1000000000 src/*");
        CopyResult result = await CopyAsync(space, "src", "mounted/dst");
        Assert.Equal((20L, 0L), (result.FilesCopied, result.FilesUnchanged));
        Assert.Equal(Enumerable.Repeat(CopyErrorKind.NameCollision, 20), result.Errors.Select(error => error.Kind));
    }

    [Fact]
    public async Task Entry_takes_the_place_of_one_that_is_written_in_another_case()
    {
        using var space = new Workspace();
        await using FuseMount mount = await FoldingAsync(space);
        space.Bash("mkdir -p src/inner mounted/dst/INNER; echo new > src/readme; echo much older > mounted/dst/README; echo x > src/inner/x; echo much older > mounted/dst/INNER/X");
        Assert.Empty((await CopyAsync(space, "src", "mounted/dst")).Errors);
        Assert.Equal("new\nx\n", space.Bash("cat mounted/dst/readme mounted/dst/inner/x"));
        Assert.Equal(2, (await CopyAsync(space, "src", "mounted/dst")).FilesUnchanged);
    }

    private static Task<FuseMount> FoldingAsync(Workspace space) => FuseMount.StartAsync(FuseKind.Folding, Directory.CreateDirectory(space["mounted"]).FullName);
}
