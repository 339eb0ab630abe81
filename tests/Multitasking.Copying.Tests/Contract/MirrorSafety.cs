using Multitasking.Copying.Interop;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What a mirror must not remove: its own source, what a filter leaves out, what is mounted; and what nobody can tell to be missing.</summary>
public abstract partial class FolderCopierContract
{
    private static readonly CopyOptions s_mirrorWithoutKeep = s_mirror with { Filter = new CopyFilter { Rules = [CopyFilterRule.Exclude("*.keep")] } };

    [Theory]
    [InlineData("dst/x/src", "dst")]
    [InlineData("dst/incoming/new", "dst")]
    [InlineData("dst/new/new", "dst/")]
    [InlineData("dst/file/file", "dst/")]
    public async Task Mirror_is_refused_whose_source_lies_in_what_it_would_clean(string source, string destination)
    {
        using var space = new Workspace();
        space.Bash("mkdir -p dst/x/src dst/incoming/new dst/new/new dst/file; echo x > dst/x/src/x; echo y > dst/x/src/other; echo z > dst/incoming/new/z; echo z > dst/new/new/z; echo z > dst/file/file");
        string before = space.Inodes("dst");
        CopyRefusedException refused = await Assert.ThrowsAsync<CopyRefusedException>(() => CopyWithAsync(space, source, destination, s_mirror));
        Assert.Equal(CopyErrorKind.IntoItself, refused.Error.Kind);
        Assert.Equal(before, space.Inodes("dst"));
    }

    [Fact]
    public async Task Mirror_goes_beside_its_source_in_the_same_folder()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p dst/incoming/new dst/new; echo z > dst/incoming/new/z; echo old > dst/new/old");
        Assert.Empty((await CopyWithAsync(space, "dst/incoming/new", "dst/", s_mirror)).Errors);
        Assert.Equal("incoming\nincoming/new\nincoming/new/z\nnew\nnew/z\n", space.Bash("cd dst; find * | sort"));
    }

    [Fact]
    public async Task Mirror_of_several_sources_is_refused_when_one_is_empty()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p one two dst/one dst/two; echo x > one/x; echo x > dst/two/x");
        await Assert.ThrowsAsync<CopyRefusedException>(() =>
            FolderCopier.CopyAsync([space["one"], space["two"]], space["dst"], s_mirror with { Isolation = Isolation }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("one\ntwo\ntwo/x\n", space.Bash("cd dst; find * | sort"));
    }

    [Fact]
    public async Task Mirror_removes_nothing_when_its_source_is_removed_meanwhile()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/x; echo new > src/x; echo old > dst/old; echo old > dst/other");
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_mirror with { MaxDeletions = 100, OnError = Removing });
        Assert.Equal("old\nother\nx\n", space.Bash("ls dst"));
        Assert.Contains(result.Errors, static error => error.Kind == CopyErrorKind.SourceMissing);

        CopyErrorAction Removing(CopyError error)
        {
            if (error.Kind == CopyErrorKind.DestinationConflict)
                Directory.Delete(space["src"].ToString(), recursive: true);
            return CopyErrorAction.Skip;
        }
    }

    [Fact]
    public async Task Mirror_removes_nothing_from_a_folder_in_which_something_was_not_found()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/lost src/whole dst/lost dst/whole; ln -s nowhere src/lost/link; echo x > src/whole/x; echo old > dst/lost/old; echo old > dst/whole/old");
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_mirror with { SymbolicLinks = SymbolicLinkHandling.Follow });
        Assert.Equal(CopyErrorKind.SourceMissing, Assert.Single(result.Errors).Kind);
        Assert.Equal("lost\nlost/old\nwhole\nwhole/x\n", space.Bash("cd dst; find * | sort"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mirror_leaves_what_a_rule_leaves_out_and_the_folders_around_it(bool hasBackup)
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/old/deep dst/old/empty dst/gone; echo x > src/x; touch dst/old/deep/secret.keep dst/old/deep/old dst/old/old dst/gone/old");
        CopyOptions options = hasBackup ? s_mirrorWithoutKeep with { BackupFolder = space["backup"] } : s_mirrorWithoutKeep;
        CopyResult dry = await CopyWithAsync(space, "src", "dst", options with { DryRun = true });
        CopyResult result = await CopyWithAsync(space, "src", "dst", options);
        Assert.Equal((0, 5L, 5L), (result.Errors.Count, result.EntriesDeleted, dry.EntriesDeleted));
        Assert.Equal("old\nold/deep\nold/deep/secret.keep\nx\n", space.Bash("cd dst; find * | sort"));
        if (hasBackup)
            Assert.Equal("gone/old\nold/deep/old\nold/old\n", space.Bash("cd backup; find * -type f | sort"));
    }

    [Fact]
    public async Task Mirror_leaves_what_sizes_leave_out()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/old; echo x > src/x; echo small > dst/small; head -c 1000 /dev/zero > dst/large; cp dst/small dst/large dst/old");
        Assert.Empty((await CopyWithAsync(space, "src", "dst", s_mirror with { Filter = new CopyFilter { MaxSize = 100 } })).Errors);
        Assert.Equal("large\nold\nold/large\nx\n", space.Bash("cd dst; find * | sort"));
    }

    [Fact]
    public async Task Mirror_with_a_filter_leaves_a_folder_in_the_place_of_a_file()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/x; echo x > src/x; touch dst/x/secret.keep");
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_mirrorWithoutKeep);
        Assert.Equal(CopyErrorKind.DestinationConflict, Assert.Single(result.Errors).Kind);
        Assert.Equal("x\nx/secret.keep\n", space.Bash("cd dst; find * | sort"));
    }

    [Fact]
    public async Task Listed_path_that_only_the_destination_has_is_removed_and_told_as_missing()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo x > src/here; touch dst/gone dst/unlisted");
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_mirror with { Filter = new CopyFilter { Files = new CopyFileList(["here", "gone"]) } });
        CopyError error = Assert.Single(result.Errors);
        Assert.Equal((CopyErrorKind.SourceMissing, "gone"), (error.Kind, error.Path.ToText()));
        Assert.Equal("here\nunlisted\n", space.Bash("ls dst"));
    }

    [Theory]
    [InlineData("old/mounted", "old\nold/mounted\nold/mounted/file\nx\n")]
    [InlineData("x", "x\nx/file\n")]
    [InlineData("mounted", "mounted\nmounted/file\nx\n")]
    public async Task Mirror_of_one_file_system_leaves_what_is_mounted_in_the_destination(string place, string expected)
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/old; echo x > src/x; touch dst/old/file");
        using var mount = Mount.Small(space, "size=1m", $"dst/{place}");
        space.Bash($"touch dst/{place}/file");
        _ = await CopyWithAsync(space, "src", "dst", s_mirror with { OneFileSystem = true });
        Assert.Equal(expected, space.Bash("cd dst; find * | sort"));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(11)]
    public async Task Folder_costs_what_is_in_it_also_when_it_goes_into_the_backup(long most)
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/old; echo x > src/x; touch dst/old/{1..10}");
        CopyOptions options = s_mirror with { MaxDeletions = most, BackupFolder = space["backup"] };
        CopyResult dry = await CopyWithAsync(space, "src", "dst", options with { DryRun = true });
        Assert.False(Directory.Exists(space["backup"].ToString()));
        CopyResult real = await CopyWithAsync(space, "src", "dst", options);
        Assert.Equal(most == 11 ? 11 : 0, real.EntriesDeleted);
        Assert.Equal((real.EntriesDeleted, real.Errors.Count), (dry.EntriesDeleted, dry.Errors.Count));
        Assert.Equal(most == 11 ? "x\n" : "old\nx\n", space.Bash("ls dst"));
    }

    [Fact]
    public async Task Backup_folder_deep_in_the_destination_stays_with_the_folders_around_it()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst/x/backup dst/x/other; echo x > src/file; echo older > dst/file; touch dst/x/backup/mine dst/x/other/gone");
        CopyOptions options = s_mirror with { BackupFolder = space["dst/x/backup"] };
        CopyResult dry = await CopyWithAsync(space, "src", "dst", options with { DryRun = true });
        CopyResult real = await CopyWithAsync(space, "src", "dst", options);
        Assert.Equal((0, 2L, 2L), (real.Errors.Count, real.EntriesDeleted, dry.EntriesDeleted));
        Assert.Equal("file\nx/backup/file\nx/backup/mine\nx/backup/x/other/gone\n", space.Bash("cd dst; find * -type f | sort"));
        Assert.Equal("older\n", space.Bash("cat dst/x/backup/file"));
    }

    [Fact]
    public async Task Backup_is_the_original_however_often_an_entry_is_tried()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo oldest > dst/file; echo older > src/file");
        CopyOptions options = new() { BackupFolder = space["backup"], OnError = static error => error.Attempt < 3 ? CopyErrorAction.Retry : CopyErrorAction.Skip };
        Assert.Empty((await CopyWithAsync(space, "src", "dst", options)).Errors);
        Assert.Equal("oldest\n", space.Bash("cat backup/file"));
        space.Bash("echo the newest > src/file");
        using (new InstalledFaults(new ScriptedFault(SystemCall.SetTimes, 1, -Errno.NotPermitted)))
            await CopyWithAsync(space, "src", "dst", options);
        Assert.Equal("older\nthe newest\n", space.Bash("cat backup/file dst/file"));
    }

    [Fact]
    public async Task Backup_of_an_earlier_run_does_not_stand_for_one_of_this_when_an_attempt_fails_before_it()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo oldest > dst/file; echo older > src/file");
        CopyOptions options = new() { BackupFolder = space["backup"], OnError = static error => error.Attempt < 3 ? CopyErrorAction.Retry : CopyErrorAction.Skip };
        Assert.Empty((await CopyWithAsync(space, "src", "dst", options)).Errors);
        space.Bash("echo the newest > src/file");
        using (new InstalledFaults(new ScriptedFault(SystemCall.Write, 1, -Errno.InputOutput), new ScriptedFault(SystemCall.CopyRange, 1, -Errno.InputOutput)))
            await CopyWithAsync(space, "src", "dst", options);
        // The script begins anew in each worker process, so no attempt of those succeeds.
        Assert.Equal(Isolation == WorkerIsolation.Threads ? "older\nthe newest\n" : "oldest\nolder\n", space.Bash("cat backup/file dst/file"));
    }

    [Fact]
    public async Task Name_is_never_without_a_file_while_that_goes_into_the_backup()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo older > dst/file; echo the newest > src/file; ln -s new src/link; ln -s older dst/link");
        // The first for a name of the copy, the second, if there is one, for whatever was moved away before.
        using (new InstalledFaults(new ScriptedFault(SystemCall.Rename, 2, -Errno.InputOutput) { Repeats = 100 }))
            await CopyWithAsync(space, "src", "dst", new CopyOptions { BackupFolder = space["backup"] });
        Assert.Equal("file\nlink\n", space.Bash("ls dst"));
        Assert.Equal("older\nolder\n", space.Bash("cat backup/file; readlink backup/link"));
    }

    [Fact]
    public async Task File_that_cannot_get_a_second_name_is_moved_into_the_backup()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo older > dst/file; echo the newest > src/file");
        using (new InstalledFaults(new ScriptedFault(SystemCall.Link, 1, -Errno.NotPermitted)))
            Assert.Empty((await CopyWithAsync(space, "src", "dst", new CopyOptions { BackupFolder = space["backup"] })).Errors);
        Assert.Equal("older\nthe newest\n", space.Bash("cat backup/file dst/file"));
    }

    [Fact]
    public async Task Removal_that_fails_tells_how_often_it_was_tried()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo x > src/x; cp -p src/x dst; touch dst/old");
        var attempts = new List<int>();
        using (new InstalledFaults(new ScriptedFault(SystemCall.Remove, 1, -Errno.AccessDenied) { Repeats = 100 }))
            await CopyWithAsync(space, "src", "dst", s_mirror with { MaxDeletions = 1, OnError = Retrying });
        Assert.Equal([1, 2, 3], attempts);

        CopyErrorAction Retrying(CopyError error)
        {
            attempts.Add(error.Attempt);
            return error.Attempt < 3 ? CopyErrorAction.Retry : CopyErrorAction.Skip;
        }
    }
}
