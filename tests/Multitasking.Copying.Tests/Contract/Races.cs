using System.Diagnostics;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Somebody who changes the trees on purpose while they are copied: nothing outside of them is read or written.</summary>
public abstract partial class FolderCopierContract
{
    private static readonly TimeSpan s_raceTime = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task Secret_outside_is_never_copied_when_a_folder_of_the_source_is_swapped_for_a_link()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir -p outside/deep src/victim/deep; echo SECRET > outside/file; echo SECRET > outside/deep/file; echo SECRET > outside/only; echo good > src/victim/file; echo good > src/victim/deep/file; mkdir src/calm; echo good > src/calm/file; ln -s ../outside src/evil");
        await WhileSwappingAsync(space["src/victim"], space["src/evil"], space["src/aside"], async round =>
        {
            CopyResult result = await CopyAsync(space, "src", $"dst{round}");
            Assert.All(result.Errors, error => Assert.True(IsOfChange(error), $"{error.Kind} {error}"));
        });
        Assert.Equal("", space.Bash("grep -rl SECRET dst* || true; find dst* -name only"));
        space.Bash("for d in dst*; do cmp src/calm/file $d/calm/file; done");
    }

    [Fact]
    public async Task Secret_outside_is_never_copied_when_a_file_of_the_source_is_swapped_for_a_link()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir src; echo SECRET > secret; echo good > src/file; ln -s ../secret src/evil");
        await WhileSwappingAsync(space["src/file"], space["src/evil"], space["src/aside"], async round =>
        {
            CopyResult result = await CopyAsync(space, "src", $"dst{round}");
            Assert.All(result.Errors, error => Assert.True(IsOfChange(error), $"{error.Kind} {error}"));
        });
        // Links are copied as links; what they lead to is not.
        Assert.Equal("", space.Bash("find dst* -type f -exec grep -l SECRET {} + || true"));
    }

    [Theory]
    [InlineData(CopyWriting.Safe)]
    [InlineData(CopyWriting.InPlace)]
    public async Task Nothing_is_written_outside_when_a_folder_of_the_destination_is_swapped_for_a_link(CopyWriting writing)
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir -p outside src/victim/deep dst/victim; echo keep > outside/file; echo good > src/victim/file; echo good > src/victim/deep/file; ln -s x src/victim/link; ln -s ../outside dst/evil; chmod 711 outside; touch -d @1 outside/file outside");
        string before = space.Inodes("outside");
        await WhileSwappingAsync(space["dst/victim"], space["dst/evil"], space["dst/aside"], async round =>
        {
            await File.WriteAllTextAsync(space["src/victim/file"], $"good {round}");
            CopyResult result = await CopyWithAsync(space, "src", "dst", new CopyOptions { Writing = writing });
            Assert.All(result.Errors, error => Assert.True(IsOfDestinationChange(error), $"{error.Kind} {error}"));
        });
        Assert.Equal(before, space.Inodes("outside"));
    }

    [Fact]
    public async Task Nothing_is_removed_outside_when_a_folder_of_a_mirror_is_swapped_for_a_link()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("mkdir -p outside/victim/deep src/keep dst/a/victim; echo keep > outside/victim/file; echo keep > outside/victim/deep/file; echo x > src/keep/x; ln -s ../../outside/victim dst/a/evil; mkdir src/a; touch -d @1 outside/victim outside");
        string before = space.Inodes("outside");
        await WhileSwappingAsync(space["dst/a/victim"], space["dst/a/evil"], space["dst/aside"], async round =>
        {
            Directory.CreateDirectory(space["dst/a/victim/deep"]);
            await CopyWithAsync(space, "src", "dst", new CopyOptions { Mirror = true });
        }, always: true);
        Assert.Equal(before, space.Inodes("outside"));
    }

    [Fact]
    public async Task Source_that_becomes_something_else_is_reported_and_the_rest_copied()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; for i in $(seq -w 40); do head -c 20000 /dev/zero | tr '\\0' x > src/$i; done; ls src > names; echo SECRET > secret");
        using var pause = new CopyPause();
        pause.Pause();
        Task<CopyResult> copy = CopyWithAsync(space, "src", "dst", new CopyOptions { Pause = pause });
        Until.True(() => copy.IsCompleted || Directory.Exists(space["dst"]), () => "nothing begins");
        // Once the folder was read, the names are known and none of them was opened.
        await Task.Delay(50, TestContext.Current.CancellationToken);
        space.Bash("cd src; rm 01 02 03 04; mkfifo 02; mkdir 03; ln -s ../secret 04; echo more >> 05; : > 06; cp 07 new; mv new 07; echo x > late");
        pause.Resume();
        CopyResult result = await copy;
        Assert.All(result.Errors, error => Assert.True(IsOfChange(error) || error.Kind == CopyErrorKind.UnsupportedType, $"{error.Kind} {error}"));
        Assert.True(result.Errors.Count <= 4, string.Join("; ", result.Errors));
        Assert.All(result.Errors, error => Assert.Contains(Path.GetFileName(error.Path.ToText()), (string[])["01", "02", "03", "04"]));
        space.Bash("for i in $(seq -w 5 40); do cmp src/$i dst/$i; done; test ! -p dst/02; ! grep -rq SECRET $(find dst -type f)");
    }

    [Fact]
    public async Task Copy_is_never_more_open_than_its_source_while_it_is_written()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; head -c 300000 /dev/urandom > src/new; cp src/new src/old; chmod 600 src/*; echo older > dst/old; chmod 666 dst/old");
        var seen = new HashSet<string>();
        Task<CopyResult> copy = CopyWithAsync(space, "src", "dst", new CopyOptions { BytesPerSecond = 500_000 });
        while (!copy.IsCompleted)
            foreach (string file in Directory.EnumerateFiles(space["dst"]))
            {
                var info = new FileInfo(file);
                if (info.Exists && info.Length > 100)
                    seen.Add($"{(int)info.UnixFileMode:x}");
            }

        Assert.Empty((await copy).Errors);
        // 0600, and nothing else once there is more than the old contents.
        Assert.Equal(["180"], seen);
    }

    [Fact]
    public async Task File_that_is_written_over_in_place_is_narrowed_before_it_gets_its_contents()
    {
        using var space = new Workspace();
        space.Bash("mkdir src dst; head -c 300000 /dev/urandom > src/file; chmod 600 src/file; echo older > dst/file; chmod 666 dst/file");
        var seen = new HashSet<string>();
        Task<CopyResult> copy = CopyWithAsync(space, "src", "dst", new CopyOptions { BytesPerSecond = 500_000, Writing = CopyWriting.InPlace });
        while (!copy.IsCompleted)
            if (new FileInfo(space["dst/file"]) is { Exists: true, Length: > 100 } info)
                seen.Add($"{(int)info.UnixFileMode:x}");
        Assert.Empty((await copy).Errors);
        Assert.Equal(["180"], seen);
        space.AssertSame("src", "dst");
    }

    [Fact]
    public async Task Destination_that_is_removed_while_it_is_filled_is_reported_and_nothing_hangs()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash("for d in $(seq 30); do mkdir -p src/$d; seq 50 | split -l 1 -a 2 - src/$d/; done");
        Task<CopyResult> copy = CopyWithAsync(space, "src", "dst", new CopyOptions { BytesPerSecond = 3000 });
        Until.True(() => copy.IsCompleted || HasFile(space["dst"]), () => "nothing is copied");
        space.Bash("until rm -rf dst; do :; done");
        CopyResult result = await copy;
        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, error => Assert.True(IsOfDestinationChange(error) || error.Kind == CopyErrorKind.MetadataNotKept, $"{error.Kind} {error}"));
        await CopyAndCompareAsync(space);
    }

    [Fact]
    public async Task Name_that_somebody_else_creates_meanwhile_is_reported_and_kept()
    {
        using var space = new Workspace();
        space.Bash("mkdir src; seq 300000 > src/large; echo x > src/small");
        using var pause = new CopyPause();
        Task<CopyResult> copy = CopyWithAsync(space, "src", "dst", new CopyOptions { BytesPerSecond = 2_000_000, Pause = pause });
        Until.True(() => copy.IsCompleted || (Directory.Exists(space["dst"]) && Directory.EnumerateFiles(space["dst"], ".mtcopy-*").Any()), () => "nothing is written");
        space.Bash("echo theirs > dst/large");
        CopyError error = Assert.Single((await copy).Errors);
        Assert.Equal((CopyErrorKind.NameCollision, (FilePath)space["src/large"]), (error.Kind, error.Path));
        Assert.Equal("theirs\n", space.Bash("cat dst/large"));
        space.AssertNoTemporary("dst");
    }

    [Fact]
    public async Task Two_copies_of_one_source_into_one_destination_leave_whole_files()
    {
        using var space = new Workspace();
        space.Bash("for d in $(seq 5); do mkdir -p src/$d; for i in $(seq 60); do seq $i > src/$d/$i; done; done; seq 100000 > src/large; ln -s x src/link");
        CopyResult[] results = await Task.WhenAll(CopyAsync(space, "src", "dst"), CopyAsync(space, "src", "dst"));
        Assert.All(results.SelectMany(result => result.Errors), error => Assert.Equal(CopyErrorKind.NameCollision, error.Kind));
        space.AssertNoTemporary("dst");
        space.Bash("diff -r --no-dereference src dst");
        await CopyAndCompareAsync(space);
    }

    private static bool IsOfChange(CopyError error) => error.Kind is CopyErrorKind.SourceMissing or CopyErrorKind.SourceChanged;

    private static bool IsOfDestinationChange(CopyError error) => error.Kind is CopyErrorKind.DestinationUnwritable or CopyErrorKind.DestinationConflict
        or CopyErrorKind.NameCollision or CopyErrorKind.MetadataNotKept or CopyErrorKind.NotRemoved;

    private Task<CopyResult> CopyWithAsync(Workspace space, string source, string destination, CopyOptions options) =>
        FolderCopier.CopyAsync(space[source], space[destination], options with { Isolation = Isolation, Workers = options.Workers == 0 ? 2 : options.Workers }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Copies again and again, while something and a link take turns at one name.</summary>
    private static async Task WhileSwappingAsync(string victim, string evil, string aside, Func<int, Task> copy, bool always = false)
    {
        using var done = new CancellationTokenSource();
        long swaps = 0;
        var swapper = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Swap();
                Thread.SpinWait((int)(swaps % 7) * 2000);
                swaps++;
            }

            // The real one has its name back in the end.
            if (swaps % 2 == 1)
                Swap();
        });
        swapper.Start();
        long start = Stopwatch.GetTimestamp();
        try
        {
            for (int round = 0; Stopwatch.GetElapsedTime(start) < s_raceTime; round++)
            {
                try
                {
                    await copy(round);
                }
                catch (IOException) when (always)
                {
                    // The test's own way through the swapped name.
                }
            }
        }
        finally
        {
            await done.CancelAsync();
            swapper.Join();
        }

        Assert.True(swaps > 100, $"only {swaps} swaps");

        void Swap()
        {
            NativeRename(victim, aside);
            NativeRename(evil, victim);
            NativeRename(aside, evil);
        }
    }

    [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "rename", StringMarshalling = System.Runtime.InteropServices.StringMarshalling.Utf8)]
    private static partial int NativeRename(string from, string to);
}
