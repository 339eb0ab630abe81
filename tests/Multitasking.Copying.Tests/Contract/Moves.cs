using System.Diagnostics;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>What is complete in the destination leaves the source, and nothing else does.</summary>
public abstract partial class FolderCopierContract
{
    private const string MakeForMoves = """
        mkdir -p src/a/b src/empty; for i in $(seq 30); do seq $i > src/a/b/$i; done; head -c 700000 /dev/urandom > src/large; ln -s nowhere src/a/link; truncate -s 2M src/hole; chmod 640 src/a/b/7
        chmod 750 src/a; touch -d '2001-02-03 04:05:06.789' src/a/b/* src/a/b src/a src/empty src
        """;

    private static readonly CopyOptions s_move = new() { Move = true };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Moved_tree_is_the_same_and_gone_from_the_source(bool isAcrossFileSystems)
    {
        using var space = new Workspace();
        using var other = new Workspace(inMemory: true);
        if (isAcrossFileSystems)
            Needs.Machine(space.Bash($"stat -c %d . {other.Folder} | uniq | wc -l") == "2\n", "/dev/shm to be another file system than the temporary folder");
        space.Bash($"ln -s {(isAcrossFileSystems ? other.Folder : ".")} there\n{MakeForMoves}\ncp -a src before");
        CopyResult result = await MoveAsync(space["src"], space["there/dst"]);
        Assert.Empty(result.Errors);
        space.AssertSame("before", "there/dst");
        Assert.Equal("before\n", space.Bash("ls -d before src 2> /dev/null || true"));
        Assert.Equal((32L, 1L), (result.FilesCopied, result.LinksCopied));
    }

    [Fact]
    public async Task Moved_sources_that_go_into_a_folder_are_gone_too()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p one/inner dst; echo x > one/inner/x; echo y > two; ln -s z three; mkdir before; cp -a one two three before");
        CopyResult result = await FolderCopier.CopyAsync([space["one"], space["two"], space["three"]], space["dst"], s_move with { Isolation = Isolation }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Errors);
        Assert.Equal("before\ndst\n", space.Bash("ls"));
        space.Bash("diff -r --no-dereference before dst");
    }

    [Fact]
    public async Task Moved_file_takes_the_place_of_another_one_and_what_is_the_same_already_leaves_the_source()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src dst; echo new > src/replaced; echo older > dst/replaced; echo same > src/same; cp -p src/same dst; ln -s to src/link; ln -s elsewhere dst/link; cp -a src before");
        Assert.Empty((await MoveAsync(space["src"], space["dst"])).Errors);
        space.Bash("diff -r --no-dereference before dst; test ! -e src");
    }

    [Fact]
    public async Task What_cannot_be_moved_stays_and_the_folders_around_it()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a/b src/c dst/c/taken; mkfifo src/a/b/fifo; echo x > src/a/b/x; echo x > src/a/y; echo x > src/c/taken; echo kept > src/kept; echo other > dst/kept");
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_move with { Update = CopyUpdate.None });
        Assert.Equal(["DestinationConflict", "UnsupportedType"], result.Errors.Select(error => error.Kind.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("src/a/b/fifo\nsrc/c/taken\nsrc/kept\n", space.Bash("find src ! -type d | sort"));
        Assert.Equal("dst/a/b/x\ndst/a/y\ndst/kept\n", space.Bash("find dst ! -type d | sort"));
        Assert.Equal("other\n", space.Bash("cat dst/kept"));
    }

    [Fact]
    public async Task Hard_links_and_specials_are_moved_with_everything()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a/b; echo x > src/a/x; ln src/a/x src/a/b/y; ln src/a/x src/z; mkfifo src/fifo");
        CopyResult result = await CopyWithAsync(space, "src", "dst", s_move with { Preserve = CopyPreserve.All });
        Assert.Empty(result.Errors);
        space.Bash("test ! -e src; test dst/a/x -ef dst/a/b/y; test dst/a/x -ef dst/z; test -p dst/fifo; test $(stat -c %h dst/z) = 3");
    }

    [Fact]
    public async Task Source_that_is_written_to_while_it_is_moved_stays()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; seq 300000 > src/large; echo older > dst/large");
        Task<CopyResult> move = CopyWithAsync(space, "src", "dst", s_move with { BytesPerSecond = 2_000_000 });
        Until.True(() => move.IsCompleted || Directory.EnumerateFiles(space["dst"], ".mtcopy-*").Any(), () => "nothing is written");
        space.Bash("echo more >> src/large; cp src/large expected");
        CopyError error = Assert.Single((await move).Errors);
        Assert.Equal(CopyErrorKind.SourceChanged, error.Kind);
        space.Bash("cmp src/large expected; test \"$(cat dst/large)\" = older");
        space.AssertNoTemporary("dst");
    }

    [Fact]
    public void Nothing_is_lost_when_a_move_is_killed_in_the_middle()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("for d in $(seq 10); do mkdir -p src/$d dst/$d; for i in $(seq 200); do echo $d $i > src/$d/$i; done; echo much older > dst/$d/7; done; head -c 60M /dev/zero | tr '\\0' x > src/large; echo much older > dst/large; cp -a src before");
        using (Process first = TestProgram.Start(space, Isolation, 2, "src dst", also: "move"))
        {
            Until.True(() => first.HasExited || File.Exists(space["dst/1/100"]) || File.Exists(space["dst/10/100"]), () => "nothing is moved");
            first.Kill();
            Assert.True(first.WaitForExit(Shell.Limit));
        }

        // A worker process moves the file to its end that it is at: between a look at one side and a look at the other.
        OwnProcess.WaitForThoseIn(space.Folder);
        string[] files = [.. Directory.EnumerateFiles(space["before"], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(space["before"], file))];
        Assert.Equal(2001, files.Length);
        Assert.All(files, file => Assert.True(IsSame(file, "dst") || IsSame(file, "src"), $"{file} is lost"));
        (int exitCode, string output) = TestProgram.Run(space, "exec", Isolation, 2, "src dst", also: "move");
        Assert.True(exitCode is 0 or 2, output);
        Assert.All(files, file => Assert.True(IsSame(file, "dst"), $"{file} is not moved"));
        space.AssertNoTemporary("dst");
        Assert.Equal("", space.Bash("find src -type f 2> /dev/null || true"));

        bool IsSame(string file, string side) => File.Exists(space[$"{side}/{file}"]) && File.ReadAllBytes(space[$"{side}/{file}"]).AsSpan().SequenceEqual(File.ReadAllBytes(space[$"before/{file}"]));
    }

    [Fact]
    public async Task Move_and_mirror_together_are_refused()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; echo x > src/x");
        await Assert.ThrowsAsync<ArgumentException>(() => CopyWithAsync(space, "src", "dst", s_move with { Mirror = true }));
        Assert.Equal("src\n", space.Bash("ls"));
    }

    private Task<CopyResult> MoveAsync(FilePath source, FilePath destination) =>
        FolderCopier.CopyAsync(source, destination, s_move with { Isolation = Isolation, Workers = 2 }, cancellationToken: TestContext.Current.CancellationToken);
}
