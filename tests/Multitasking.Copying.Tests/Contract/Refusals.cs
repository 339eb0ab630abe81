using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What cannot be meant is refused before anything is written.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakeForRefusals = """
        mkdir -p src/inner other/a; echo x > src/file; echo y > src/inner/file; ln src/file hard; ln -s src to-src; ln -s src/inner to-inner
        ln -s file src/to-file; ln -s src/new dangling-into-src; echo z > other/a/z
        """;

    [Theory]
    [InlineData("src", "src/copy", CopyErrorKind.IntoItself)]
    [InlineData("src", "src/inner", CopyErrorKind.IntoItself)]
    [InlineData("src", "src/new/newer/", CopyErrorKind.IntoItself)]
    [InlineData("src/", "src/inner/../copy", CopyErrorKind.IntoItself)]
    [InlineData("src", "to-src/copy", CopyErrorKind.IntoItself)]
    [InlineData("src", "to-inner", CopyErrorKind.IntoItself)]
    [InlineData("src", "to-inner/", CopyErrorKind.IntoItself)]
    [InlineData("src", "src/", CopyErrorKind.IntoItself)]
    [InlineData("src/.", "src/inner/x", CopyErrorKind.IntoItself)]
    [InlineData("to-src/.", "src/copy", CopyErrorKind.IntoItself)]
    [InlineData("src", "src", CopyErrorKind.SameFile)]
    [InlineData("src", "to-src", CopyErrorKind.SameFile)]
    [InlineData("src/.", "src", CopyErrorKind.SameFile)]
    [InlineData("src", "./", CopyErrorKind.SameFile)]
    [InlineData("src/inner/..", "to-src", CopyErrorKind.SameFile)]
    [InlineData("src/file", "src/file", CopyErrorKind.SameFile)]
    [InlineData("src/file", "src", CopyErrorKind.SameFile)]
    [InlineData("src/file", "hard", CopyErrorKind.SameFile)]
    [InlineData("hard", "src/to-file", CopyErrorKind.SameFile)]
    [InlineData("src/file", "to-src/file", CopyErrorKind.SameFile)]
    [InlineData("src", "hard", CopyErrorKind.DestinationConflict)]
    [InlineData("src", "hard/", CopyErrorKind.DestinationConflict)]
    [InlineData("src/file", "hard/", CopyErrorKind.DestinationConflict)]
    [InlineData("missing", "dst", CopyErrorKind.SourceMissing)]
    [InlineData("missing/file", "dst", CopyErrorKind.SourceMissing)]
    public async Task Copy_is_refused_and_nothing_written_when(string source, string destination, CopyErrorKind kind)
    {
        using var space = new Workspace();
        space.Bash(MakeForRefusals);
        string before = space.Inodes(".");
        CopyError error = await RefusedAsync(space, source, destination);
        Assert.Equal(kind, error.Kind);
        Assert.Equal(before, space.Inodes("."));
        Assert.DoesNotContain('\n', error.ToString());
    }

    [Fact]
    public async Task Copy_is_refused_when_the_destination_is_a_link_to_nowhere()
    {
        using var space = new Workspace();
        space.Bash(MakeForRefusals);
        string before = space.Inodes(".");
        await RefusedAsync(space, "src", "dangling-into-src");
        Assert.Equal(before, space.Inodes("."));
    }

    [Fact]
    public async Task Copy_is_refused_when_two_sources_meet_in_one_name()
    {
        using var space = new Workspace();
        space.Bash(MakeForRefusals);
        CopyError error = await RefusedAsync([space["src/file"], space["other"], space["src/inner/file"]], space["dst"]);
        Assert.Equal((CopyErrorKind.NameCollision, (FilePath)space["src/inner/file"]), (error.Kind, error.Path));
        Assert.False(Directory.Exists(space["dst"]));
    }

    [Fact]
    public async Task Copy_is_refused_when_one_of_several_sources_is_missing_or_holds_the_destination()
    {
        using var space = new Workspace();
        space.Bash(MakeForRefusals);
        string before = space.Inodes(".");
        Assert.Equal(CopyErrorKind.SourceMissing, (await RefusedAsync([space["src"], space["missing"]], space["dst"])).Kind);
        Assert.Equal(CopyErrorKind.IntoItself, (await RefusedAsync([space["other"], space["src"]], space["src/inner/"])).Kind);
        Assert.Equal(before, space.Inodes("."));
    }

    [Fact]
    public void Copy_is_refused_when_a_bind_mount_leads_back_into_the_source()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/inner mounted; echo x > src/inner/x");
        Needs.Root("only root may make a mount namespace");
        (int exitCode, string output) = TestProgram.Run(space, "exec unshare -m bash -c 'mount --bind src mounted; exec \"$@\"' -", Isolation, 2, "src mounted/copy");
        Assert.True(exitCode == 2 && output.Contains("IntoItself", StringComparison.Ordinal), output);

        // A mount of a folder inside it is met only while copying; what can be copied is, and it ends.
        (exitCode, output) = TestProgram.Run(space, "exec unshare -m bash -c 'mount --bind src/inner mounted; exec \"$@\"' -", Isolation, 2, "src mounted/copy");
        Assert.True(exitCode == 1 && output.Contains("\nIntoItself ", StringComparison.Ordinal), output);
        Assert.Equal("src\nsrc/inner\nsrc/inner/copy\nsrc/inner/copy/inner\nsrc/inner/copy/inner/x\nsrc/inner/x\n", space.Bash("find src | sort"));
    }

    [Fact]
    public async Task Hard_link_of_the_source_inside_the_destination_is_reported_and_kept()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; echo x > src/file; echo good > src/good; ln src/file dst/file");
        CopyError error = Assert.Single((await CopyAsync(space, "src", "dst")).Errors);
        Assert.Equal((CopyErrorKind.SameFile, (FilePath)space["src/file"]), (error.Kind, error.Path));
        space.Bash("diff -r src dst; test src/file -ef dst/file");
    }

    [Fact]
    public void Argument_is_refused_at_once_when_it_names_nothing()
    {
        TestCopier copier = Copier();
        CancellationToken token = TestContext.Current.CancellationToken;
        Assert.Throws<ArgumentException>(() => { _ = copier.CopyAsync([], "/x", null, token); });
        Assert.Throws<ArgumentException>(() => { _ = copier.CopyAsync("", "/x", null, token); });
        Assert.Throws<ArgumentException>(() => { _ = copier.CopyAsync("/x", "", null, token); });
        Assert.Throws<ArgumentNullException>(() => { _ = copier.CopyAsync((IReadOnlyList<FilePath>)null!, "/x", null, token); });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CopyOptions { Workers = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CopyOptions { Workers = CopyOptions.MaxWorkers + 1 });
    }
}
