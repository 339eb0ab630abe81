using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What a dry run tells is what the real one does.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakeForDryRun = """
        mkdir -p src/a/b src/empty src/new/newer; for i in $(seq 10); do seq $i > src/a/b/$i; done; head -c 700000 /dev/urandom > src/large; ln -s nowhere src/a/link; truncate -s 2M src/hole
        ln src/a/b/3 src/a/twin; ln src/large src/new/twin; mkfifo src/fifo; echo deep > src/new/newer/deep; chmod 600 src/a/b/5; : > src/nothing
        """;

    private const string MakeExistingForDryRun = """
        mkdir -p dst; cp -a src/a src/large dst; echo other > dst/a/b/1; chmod 640 dst/a/b/2; touch -d @5 dst/a/b/4; rm dst/a/link; ln -s elsewhere dst/a/link; rm dst/a/b/6
        mkdir -p dst/extra/deep; echo x > dst/extra/deep/x; echo x > dst/extra/y; echo x > dst/a/extra; ln -s x dst/a/extra-link
        """;

    public static TheoryData<string, bool> DryRunOptions() => new()
    {
        { "default", false }, { "default", true }, { "all", false }, { "all", true }, { "mirror", false }, { "mirror", true }, { "all mirror", true }, { "mirror backup", true },
        { "move", false }, { "move", true }, { "newer", true }, { "none", true }, { "contents", true },
    };

    [Theory]
    [MemberData(nameof(DryRunOptions))]
    public async Task Dry_run_writes_nothing_and_predicts_the_run(string name, bool hasExisting)
    {
        using var space = new Workspace(inMemory: true);
        space.Bash(MakeForDryRun);
        if (hasExisting)
            space.Bash(MakeExistingForDryRun);
        string before = space.Bash("find . -printf '%p %i %C@ %T@ %m %s %n\\n' | sort");
        CopyOptions options = name switch
        {
            "all" => new CopyOptions { Preserve = CopyPreserve.All },
            "mirror" => s_mirror,
            "all mirror" => s_mirror with { Preserve = CopyPreserve.All },
            "mirror backup" => s_mirror with { BackupFolder = space["backup"] },
            "move" => s_move,
            "newer" => new CopyOptions { Update = CopyUpdate.Newer },
            "none" => new CopyOptions { Update = CopyUpdate.None },
            "contents" => new CopyOptions { CompareContents = true },
            _ => new CopyOptions(),
        };
        List<CopyEvent> predicted = await EventsAsync(space, options with { DryRun = true });
        Assert.Equal(before, space.Bash("find . -printf '%p %i %C@ %T@ %m %s %n\\n' | sort"));
        List<CopyEvent> happened = await EventsAsync(space, options);
        Assert.Equal(Describe(happened), Describe(predicted));
        Assert.Equal(Describe(happened[^1].Result!), Describe(predicted[^1].Result!));
    }

    [Fact]
    public async Task Dry_run_predicts_what_a_limit_of_deletions_does()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; echo x > src/x; for i in 1 2 3 4 5; do echo $i > dst/$i; done");
        CopyResult dry = await CopyWithAsync(space, "src", "dst", s_mirror with { MaxDeletions = 2, DryRun = true });
        CopyResult real = await CopyWithAsync(space, "src", "dst", s_mirror with { MaxDeletions = 2 });
        Assert.Equal(Describe(real), Describe(dry));
        Assert.Equal((2L, 3), (real.EntriesDeleted, real.Errors.Count));
    }

    [Fact]
    public async Task Dry_run_with_one_missing_destination_above_tells_each_folder_that_would_be_created()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a; echo x > src/a/x");
        CopyResult dry = await CopyWithAsync(space, "src", "not/there/dst", new CopyOptions { DryRun = true });
        CopyResult real = await CopyWithAsync(space, "src", "not/there/dst", new CopyOptions());
        Assert.Equal(Describe(real), Describe(dry));
        CopyResult dryInto = await CopyWithAsync(space, "src", "nor/this/", new CopyOptions { DryRun = true });
        Assert.Equal("not\nsrc\n", space.Bash("ls"));
        Assert.Equal(Describe(await CopyWithAsync(space, "src", "nor/this/", new CopyOptions())), Describe(dryInto));
    }

    [Theory]
    [InlineData("dst", CopyErrorKind.DestinationConflict)]
    [InlineData("src/inner", CopyErrorKind.IntoItself)]
    public async Task Dry_run_is_refused_for_what_a_run_is_refused(string destination, CopyErrorKind kind)
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > dst");
        Assert.Equal(kind, (await Assert.ThrowsAsync<CopyRefusedException>(() => CopyWithAsync(space, "src", destination, new CopyOptions { DryRun = true }))).Error.Kind);
    }

    [Fact]
    public void Dry_run_makes_no_call_that_writes()
    {
        using var space = new Workspace();
        Needs.Engine(Isolation == WorkerIsolation.Threads, "a dry run has no worker processes");
        Needs.Program("strace");
        (int exitCode, string output) = Shell.TryRun(space.Folder, "strace -o probe true");
        Needs.Machine(exitCode == 0, "the right to use strace", output);
        space.Bash(MakeForDryRun + "\n" + MakeExistingForDryRun);
        const string Calls = "openat,open,creat,mkdir,mkdirat,mknod,mknodat,unlink,unlinkat,rmdir,rename,renameat,renameat2,link,linkat,symlink,symlinkat,truncate,ftruncate,fallocate,chmod,fchmod,fchmodat,chown,fchown,fchownat,lchown,utimensat,futimesat,setxattr,lsetxattr,fsetxattr,removexattr,lremovexattr,fremovexattr,copy_file_range,sendfile";
        (exitCode, output) = TestProgram.Run(space, $"exec strace -f -y -qq -o trace -e trace={Calls}", Isolation, 2, "src dst", CopyPreserve.All, "mirror,dry");
        Assert.True(exitCode == 0, output);
        // What the runtime does for itself is told apart by its paths.
        string[] writing = [.. File.ReadLines(space["trace"])
            .Where(line => !line.Contains("openat(", StringComparison.Ordinal) || line.Contains("O_WRONLY", StringComparison.Ordinal) || line.Contains("O_RDWR", StringComparison.Ordinal) || line.Contains("O_CREAT", StringComparison.Ordinal))
            .Where(line => !line.Contains("dotnet", StringComparison.OrdinalIgnoreCase) && !line.Contains("/dev/", StringComparison.Ordinal) && !line.Contains("/proc/", StringComparison.Ordinal)
                && !line.Contains("<socket:", StringComparison.Ordinal) && !line.Contains("clr-debug", StringComparison.Ordinal) && !line.Contains("doublemapper", StringComparison.Ordinal) && !line.Contains("+++", StringComparison.Ordinal) && !line.Contains("--- SIG", StringComparison.Ordinal)
                && !line.Contains("ftruncate(", StringComparison.Ordinal) && !line.Contains("resumed>", StringComparison.Ordinal) && !line.Contains("/sys/", StringComparison.Ordinal))];
        Assert.Empty(writing);
    }

    /// <summary>With one worker: which name of a file with several is met first is chance otherwise.</summary>
    private async Task<List<CopyEvent>> EventsAsync(Workspace space, CopyOptions options)
    {
        var events = new List<CopyEvent>();
        await foreach (CopyEvent happened in FolderCopier.CopyEventsAsync([space["src"]], space["dst"], options with { Isolation = Isolation, Workers = 1 }, cancellationToken: TestContext.Current.CancellationToken))
            events.Add(happened);
        Assert.Equal(CopyEventKind.Finished, events[^1].Kind);
        return events;
    }

    private static string[] Describe(IEnumerable<CopyEvent> events) =>
        [.. events.Select(happened => $"{happened.Path} {happened.Kind} {happened.Bytes} {happened.Error?.Kind}").Order(StringComparer.Ordinal)];

    private static string Describe(CopyResult result) =>
        $"{result.FilesCopied} files, {result.FilesUnchanged} unchanged, {result.FoldersCreated} folders, {result.LinksCopied} links, {result.HardLinksMade} names, {result.SpecialsCreated} specials, {result.EntriesSkipped} skipped, {result.EntriesDeleted} deleted, {result.BytesCopied} bytes, {result.Errors.Count} errors";
}
