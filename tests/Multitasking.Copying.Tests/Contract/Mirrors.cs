using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What only the destination has is removed, and nothing that may still be wanted.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakeForMirror = """
        mkdir -p src/same/inner dst/same/inner outside; echo x > src/same/x; echo y > src/same/inner/y; cp -a src/same dst; echo keep > outside/file; mkdir outside/folder
        echo old > dst/file; ln -s ../outside dst/link; ln -s nowhere dst/dangling; mkfifo dst/fifo; mkdir -p dst/folder/a/b dst/same/empty; echo old > dst/folder/a/b/file; ln -s ../../../outside dst/folder/a/link
        echo old > dst/same/inner/old; chmod 000 dst/folder/a/b
        """;

    private static readonly CopyOptions s_mirror = new() { Mirror = true };

    [Fact]
    public async Task Mirror_removes_files_folders_and_links_that_the_source_does_not_have()
    {
        using var space = new Workspace();
        space.Bash(MakeForMirror);
        string outside = space.Inodes("outside");
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_mirror);
        Assert.Empty(result.Errors);
        space.AssertSame("src", "dst");
        Assert.Equal(outside, space.Inodes("outside"));
        // file, link, dangling, fifo, empty, old; and folder, a, b, file, link.
        Assert.Equal(11, result.EntriesDeleted);
        Assert.Equal(0, (await CopyWithAsync(space, "src", "dst", s_mirror)).EntriesDeleted);
    }

    [Fact]
    public async Task Mirror_removes_a_tree_deeper_than_any_path()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir src dst; echo x > src/x");
        DeepTree.Make(space["dst/deep"], 3000);
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_mirror);
        Assert.Empty(result.Errors);
        Assert.Equal("x\n", space.Bash("ls -A dst"));
        Assert.Equal(3001 + 31, result.EntriesDeleted);
    }

    [Fact]
    public async Task Copy_that_is_no_mirror_removes_nothing()
    {
        using var space = new Workspace();
        space.Bash(MakeForMirror);
        CopyResult result = await CopyAsync(space, "src", "dst");
        Assert.Equal((0, 0L), (result.Errors.Count, result.EntriesDeleted));
        Assert.Equal("dangling\nfifo\nfile\nfolder\nlink\nsame\n", space.Bash("ls dst"));
    }

    [Fact]
    public void Mirror_removes_nothing_below_a_folder_that_could_not_be_read()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/open src/closed dst/open dst/closed/inner; echo x > src/open/x; echo x > src/closed/x; chmod 000 src/closed; echo old > dst/open/old; echo old > dst/closed/old; echo old > dst/closed/inner/old; echo old > dst/old");
        (int exitCode, string output) = TestProgram.RunAsNobody(space, Isolation, "src dst", also: "mirror");
        Assert.True(exitCode == 1 && output.Contains("\nSourceUnreadable src/closed: ", StringComparison.Ordinal), output);
        Assert.Equal("dst\ndst/closed\ndst/closed/inner\ndst/closed/inner/old\ndst/closed/old\ndst/open\ndst/open/x\n", space.Bash("find dst | sort"));
    }

    [Fact]
    public async Task Mirror_of_an_empty_source_is_refused_unless_that_is_allowed()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/folder; echo x > dst/folder/x");
        string before = space.Inodes("dst");
        CopyRefusedException refused = await Assert.ThrowsAsync<CopyRefusedException>(() => CopyWithAsync(space, "src", "dst", s_mirror));
        Assert.Equal(CopyErrorKind.SourceMissing, refused.Error.Kind);
        Assert.Equal(before, space.Inodes("dst"));
        Assert.Equal(2, (await CopyWithAsync(space, "src", "dst", s_mirror with { AllowEmptySource = true })).EntriesDeleted);
        Assert.Equal("", space.Bash("ls -A dst"));
        // Nothing would be removed.
        Assert.Empty((await CopyWithAsync(space, "src", "dst", s_mirror)).Errors);
        Assert.Empty((await CopyWithAsync(space, "src", "new", s_mirror)).Errors);
    }

    [Fact]
    public async Task Mirror_into_a_destination_of_its_own_name_is_refused_when_the_source_is_empty()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/src dst/other; echo x > dst/src/x");
        await Assert.ThrowsAsync<CopyRefusedException>(() => CopyWithAsync(space, "src", "dst/", s_mirror));
        Assert.Equal("dst\ndst/other\ndst/src\ndst/src/x\n", space.Bash("find dst | sort"));
    }

    [Fact]
    public async Task Mirror_leaves_alone_what_lies_beside_the_sources_in_the_folder_that_they_go_into()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p one two dst/one dst/beside; echo x > one/x; echo x > two/x; echo old > dst/one/old; echo mine > dst/mine");
        CopyResult result = await FolderCopier.CopyAsync([space["one"], space["two"]], space["dst"], s_mirror with { Isolation = Isolation }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((0, 1L), (result.Errors.Count, result.EntriesDeleted));
        Assert.Equal("beside\nmine\none\none/x\ntwo\ntwo/x\n", space.Bash("cd dst; find * | sort"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(1000)]
    public async Task Mirror_removes_as_many_entries_as_are_allowed(long most)
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/folder; echo x > src/x; for i in $(seq 5); do echo old > dst/$i; echo old > dst/folder/$i; done");
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_mirror with { MaxDeletions = most });
        Assert.Equal(Math.Min(most, 11), result.EntriesDeleted);
        Assert.Equal(12 - Math.Min(most, 11), int.Parse(space.Bash("find dst -mindepth 1 | wc -l")));
        Assert.All(result.Errors, error => Assert.Equal(CopyErrorKind.LimitReached, error.Kind));
        Assert.Equal(most >= 11, result.IsComplete);
        space.Bash("cmp src/x dst/x");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mirror_puts_a_file_in_the_place_of_a_folder_and_the_other_way_round(bool hasBackup)
    {
        using var space = new Workspace();
        space.Bash("""
            mkdir -p src/folder src/over-link dst/file/a/b dst/link outside; echo new > src/file; echo new > src/folder/x; echo new > src/over-link/x; ln -s x src/link; echo keep > outside/keep
            echo old > dst/file/a/b/c; ln -s ../../outside dst/file/out; echo old > dst/folder; echo old > dst/link/y; ln -s ../outside dst/over-link
            """);
        string outside = space.Inodes("outside");
        CopyOptions options = hasBackup ? s_mirror with { BackupFolder = space["backup"] } : s_mirror;
        Assert.Empty((await CopyWithAsync(space, "src", "dst", options)).Errors);
        space.AssertSame("src", "dst");
        Assert.Equal(outside, space.Inodes("outside"));
        if (hasBackup)
            Assert.Equal("file/a/b/c f\nfile/out l\nfolder f\nlink/y f\nover-link l\n", space.Bash("cd backup; find * ! -type d -printf '%p %y\\n' | sort"));
        space.Bash("rm -r src; mkdir -p src/file src/link; echo newer > src/folder; echo newer > src/over-link; echo newer > src/file/x; echo newer > src/link/x");
        Assert.Empty((await CopyWithAsync(space, "src", "dst", options)).Errors);
        space.AssertSame("src", "dst");
    }

    [Fact]
    public async Task What_a_mirror_replaces_and_removes_is_kept_under_its_path_in_the_backup()
    {
        using var space = new Workspace();
        space.Bash("""
            mkdir -p src/a/b dst/a/b dst/gone/deep; for i in $(seq 20); do echo new $i > src/a/b/$i; echo older one $i > dst/a/b/$i; done; echo same > src/a/same; cp -p src/a/same dst/a/same
            ln -s new src/a/link; ln -s older dst/a/link; echo old > dst/gone/deep/file; echo old > dst/old; cp -a dst before
            """);
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_mirror with { BackupFolder = space["away/backup"] });
        Assert.Empty(result.Errors);
        space.AssertSame("src", "dst");
        Assert.Equal("20", space.Bash("ls away/backup/a/b | wc -l").Trim());
        space.Bash("diff -r before/a/b away/backup/a/b; diff -r before/gone away/backup/gone; cmp before/old away/backup/old; test $(readlink away/backup/a/link) = older; test ! -e away/backup/a/same");
        Assert.Equal("", space.Bash("find away/backup -type d -perm /077 ! -path '*/gone*' ! -path away/backup"));

        // A later backup of the same name takes the place of the earlier one.
        space.Bash("echo newest of all > src/a/b/7");
        Assert.Empty((await CopyWithAsync(space, "src", "dst", s_mirror with { BackupFolder = space["away/backup"] })).Errors);
        Assert.Equal("new 7\n", space.Bash("cat away/backup/a/b/7"));
    }

    [Fact]
    public async Task Backup_folder_inside_the_destination_is_no_part_of_the_mirror()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo new > src/file; echo older > dst/file; echo gone > dst/gone");
        for (int round = 0; round < 2; round++)
        {
            Assert.Empty((await CopyWithAsync(space, "src", "dst", s_mirror with { BackupFolder = space["dst/.backup"] })).Errors);
            Assert.Equal(".backup\n.backup/file\n.backup/gone\nfile\n", space.Bash("cd dst; find . -mindepth 1 | sed 's,./,,' | sort"));
        }

        Assert.Equal("older\n", space.Bash("cat dst/.backup/file"));
    }

    [Theory]
    [InlineData("src/backup")]
    [InlineData("src")]
    [InlineData("dst")]
    public async Task Backup_folder_in_the_source_or_the_destination_itself_is_refused(string backup)
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo new > src/file; echo older > dst/file; echo gone > dst/gone");
        await Assert.ThrowsAsync<CopyRefusedException>(() => CopyWithAsync(space, "src", "dst", s_mirror with { BackupFolder = space[backup] }));
        Assert.Equal("older\ngone\n", space.Bash("cat dst/file dst/gone"));
        Assert.Equal("file\n", space.Bash("ls -A src"));
    }
}
