using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Hard links beside the rules of what is replaced and left out.</summary>
public abstract partial class FolderCopierContract
{
    [Theory]
    [InlineData(CopyUpdate.None)]
    [InlineData(CopyUpdate.Newer)]
    public async Task Name_that_is_kept_does_not_become_another_file_of_the_source(CopyUpdate update)
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; echo source > src/a; ln src/a src/b; ln src/a src/c; touch -d @1000000000 src/a; echo other > dst/a; echo other > dst/b");
        CopyResult result = await CopyWithAsync(space, new CopyOptions { Preserve = CopyPreserve.Default | CopyPreserve.HardLinks, Update = update });
        Assert.Empty(result.Errors);
        Assert.Equal("other\nother\nsource\n", space.Bash("cat dst/a dst/b dst/c"));
    }

    [Fact]
    public async Task Newer_name_in_the_destination_is_not_replaced_by_a_link()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo source > src/a; ln src/a src/b; touch -d @1000000000 src/a; cp -a src dst; rm dst/a; echo edited > dst/a");
        CopyResult result = await CopyWithAsync(space, new CopyOptions { Preserve = CopyPreserve.Default | CopyPreserve.HardLinks, Update = CopyUpdate.Newer });
        Assert.Empty(result.Errors);
        Assert.Equal("edited\nsource\n", space.Bash("cat dst/a dst/b"));
    }

    [Fact]
    public async Task Names_that_a_size_leaves_out_are_all_left_out()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; head -c 5000 /dev/zero > src/a; ln src/a src/b; ln src/a src/c; echo small > src/d; ln src/d src/e");
        CopyResult result = await CopyWithAsync(space, new CopyOptions { Preserve = CopyPreserve.Default | CopyPreserve.HardLinks, Filter = new CopyFilter { MaxSize = 100 } });
        Assert.Empty(result.Errors);
        Assert.Equal((1L, 1L, 3L), (result.FilesCopied, result.HardLinksMade, result.EntriesSkipped));
        Assert.Equal("d e\n", space.Bash("cd dst; echo *; test d -ef e"));
    }

    [Fact]
    public async Task Same_size_and_no_times_is_no_reason_to_take_a_file_for_copied()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; echo AAAA > src/a; echo BBBB > dst/a; ln -s v1.2 src/link; ln -s v1.1 dst/link; echo same > src/b; cp src/b dst/b");
        var options = new CopyOptions { Preserve = CopyPreserve.Mode };
        CopyResult result = await CopyWithAsync(space, options);
        Assert.Equal((1L, 1L, 1L), (result.FilesCopied, result.LinksCopied, result.FilesUnchanged));
        Assert.Equal("AAAA\nv1.2\n", space.Bash("cat dst/a; readlink dst/link"));
        Assert.Equal((0L, 0L, 3L), await CopyWithAsync(space, options) is var again ? (again.FilesCopied, again.LinksCopied, again.FilesUnchanged) : default);
    }

    [Fact]
    public async Task Folder_that_keeps_its_owner_out_has_its_own_mode_again_where_modes_are_not_kept()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/x dst/x; echo 1 > src/x/a; chmod 777 src/x; chmod 500 dst/x");
        (int exitCode, string output) = TestProgram.RunAsNobody(space, Isolation, "src dst", CopyPreserve.Times);
        Assert.True(exitCode == 0, output);
        Assert.Equal("500 1\n", space.Bash("echo $(stat -c %a dst/x) $(cat dst/x/a)"));
    }

    private Task<CopyResult> CopyWithAsync(Workspace space, CopyOptions options) => FolderCopier.CopyAsync(
        space["src"], space["dst"], options with { Isolation = Isolation, Workers = 2 }, progress: null, TestContext.Current.CancellationToken);
}
