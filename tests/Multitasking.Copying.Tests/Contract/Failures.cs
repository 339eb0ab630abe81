using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>One entry that fails does not stop the rest, and is told with its reason.</summary>
public abstract partial class FolderCopierContract
{
    [Fact]
    public async Task What_is_no_file_folder_or_link_is_reported_and_not_opened()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a; echo x > src/a/x; mkfifo src/a/fifo; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"src/a/socket\")'");
        string[] expected = ["fifo", "socket"];
        if (Shell.TryRun(space.Folder, "mknod src/a/tty c 5 0").ExitCode == 0)
            expected = [.. expected, "tty"];
        // A FIFO that was opened to read would hang here, or be seen by its writer.
        CopyResult result = await CopyAsync(space, "src", "dst");
        Assert.Equal(expected, result.Errors.Select(error => Path.GetFileName(error.Path.ToText())).Order(StringComparer.Ordinal));
        Assert.All(result.Errors, error => Assert.Equal((CopyErrorKind.UnsupportedType, 0), (error.Kind, error.ErrorNumber)));
        Assert.Equal("x\n", space.Bash("ls dst/a"));
        Assert.Equal(CopyErrorKind.UnsupportedType, Assert.Single((await CopyAsync(space, "src/a/fifo", "single")).Errors).Kind);
        Assert.False(File.Exists(space["single"]));
    }

    [Fact]
    public void Unreadable_file_and_folder_are_reported_and_the_rest_copied()
    {
        using var space = new Workspace();
        space.Bash("""
            mkdir -p src/open src/closed src/listed; echo x > src/open/x; echo x > src/secret; echo x > src/closed/x; echo x > src/listed/x; ln -s x src/link
            chmod 000 src/secret src/closed; chmod 444 src/listed
            """);
        (int exitCode, string output) = TestProgram.RunAsNobody(space, Isolation, "src dst");
        Assert.True(exitCode == 1, output);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("copied 1, unchanged 0, lost 0", lines[0]);
        Assert.Equal(3, lines.Length - 1);
        Assert.All(["src/closed: ", "src/secret: ", "src/listed/x: "], path => Assert.Contains(lines, line => line.StartsWith($"SourceUnreadable {path}", StringComparison.Ordinal)));
        Assert.Equal("dst\ndst/link\ndst/listed\ndst/open\ndst/open/x\n", space.Bash("find dst | sort"));
        Assert.Equal("444\n", space.Bash("stat -c %a dst/listed"));
    }

    [Fact]
    public void Copy_is_complete_and_repeatable_when_folders_do_not_let_their_owner_write()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a/b; echo x > src/a/b/x; echo y > src/a/y; echo z > src/z; chmod 400 src/z; chmod 555 src/a/b; chmod 500 src/a; chmod 555 src");
        (int exitCode, string output) = TestProgram.RunAsNobody(space, Isolation, "src dst");
        Assert.True(exitCode == 0, output);
        space.AssertSame("src", "dst");
        (exitCode, output) = TestProgram.RunAsNobody(space, Isolation, "src dst");
        Assert.True(exitCode == 0 && output == "copied 0, unchanged 3, lost 0\n", output);
        space.Bash("chmod 755 dst/a; rm dst/a/y; chmod 000 dst/a dst");
        (exitCode, output) = TestProgram.RunAsNobody(space, Isolation, "src dst");
        Assert.True(exitCode == 0 && output == "copied 1, unchanged 2, lost 0\n", output);
        space.AssertSame("src", "dst");
    }

    [Fact]
    public void Copy_is_refused_and_nothing_written_when_the_source_folder_cannot_be_opened()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src readonly; chmod 000 src; chmod 555 readonly");
        (int exitCode, string output) = TestProgram.RunAsNobody(space, Isolation, "src new/dst");
        Assert.True(exitCode == 2 && output.StartsWith("refused SourceUnreadable src: ", StringComparison.Ordinal), output);
        Assert.Equal("readonly\nsrc\n", space.Bash("ls"));
        space.Bash("chmod 755 src");
        (exitCode, output) = TestProgram.RunAsNobody(space, Isolation, "src readonly/dst");
        Assert.True(exitCode == 2 && output.StartsWith("refused DestinationUnwritable src: ", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task Full_destination_is_reported_and_holds_nothing_half_written()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a; for i in $(seq 5); do head -c 100000 /dev/urandom > src/a/small$i; head -c 3000000 /dev/urandom > src/large$i; done; : > src/a/empty; ln -s x src/link");
        using var mount = Mount.Small(space, "size=8m", "dst");
        CopyResult result = await CopyAsync(space, "src", "dst");
        Assert.All(result.Errors, error => Assert.Equal((CopyErrorKind.DestinationFull, 28), (error.Kind, error.ErrorNumber)));
        // Which files find no room depends on which are written at the same time. Those that are not there are the ones that were reported.
        string[] reported = [.. result.Errors.Select(error => Path.GetRelativePath(space["src"], error.Path.ToText())).Order(StringComparer.Ordinal)];
        Assert.Equal(space.Bash("cd src; find . -type f -printf '%P\\n' | LC_ALL=C sort | while read -r file; do test -e \"../dst/$file\" || echo $file; done").Split('\n', StringSplitOptions.RemoveEmptyEntries), reported);
        Assert.True(result.FilesCopied + result.Errors.Count == 11 && result.LinksCopied == 1, result.ToString());
        space.AssertPartOf("dst", "src");
        // There is room for two large files; two at a time leave room for the one that is finished first; an empty file needs none.
        Assert.InRange(reported.Count(file => file.StartsWith("large", StringComparison.Ordinal)), 3, 4);
        Assert.DoesNotContain("a/empty", reported);

        space.Bash("mount -o remount,size=40m dst");
        await CopyAndCompareAsync(space);
    }

    [Fact]
    public async Task Folder_is_reported_once_when_the_destination_has_no_room_for_it()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a/b/c; echo x > src/a/b/x; echo x > src/a/b/c/x");
        // The mount's own folder and one more.
        using var mount = Mount.Small(space, "nr_inodes=2", "dst");
        CopyResult result = await CopyAsync(space, "src", "dst");
        CopyError error = Assert.Single(result.Errors);
        Assert.Equal((CopyErrorKind.DestinationFull, (FilePath)space["src/a/b"]), (error.Kind, error.Path));
    }

    [Fact]
    public async Task Readonly_destination_is_reported_for_what_it_lacks_alone()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p src/a; echo x > src/a/x; echo y > src/y; ln -s y src/link; chmod 500 src/a");
        using var mount = Mount.Small(space, "size=8m", "dst");
        await CopyAndCompareAsync(space);
        space.Bash("mount -o remount,ro dst");
        await CopyAndCompareAsync(space);

        space.Bash("echo new > src/a/new; mkdir src/new; echo new > src/new/file; ln -s x src/a/new-link");
        CopyResult result = await CopyAsync(space, "src", "dst");
        Assert.Equal(["new", "new", "new-link"], result.Errors.Where(error => error.Kind == CopyErrorKind.DestinationUnwritable).Select(error => Path.GetFileName(error.Path.ToText())).Order(StringComparer.Ordinal));
        Assert.Equal(2, result.Errors.Count(error => error.Kind == CopyErrorKind.MetadataNotKept));
        Assert.Equal(2, result.FilesUnchanged - 1);
        CopyError refused = await RefusedAsync(space, "src", "dst/other");
        Assert.Equal((CopyErrorKind.DestinationUnwritable, 30), (refused.Kind, refused.ErrorNumber));
    }

    [Fact]
    public void Copy_is_complete_when_few_descriptors_are_left()
    {
        using var space = new Workspace();
        space.Bash("mkdir -p $(seq -f src/%g/a/b/c/d/e/f/g/h/i 30); for d in $(find src -type d); do echo x > $d/x; done");
        // Little more than the runtime needs for itself, and the library to start a process.
        int limit = Isolation == WorkerIsolation.Processes ? 88 : 64;
        (int exitCode, string output) = TestProgram.Run(space, $"ulimit -n {limit}; exec", Isolation, 2, "src/1/x probe");
        Needs.Machine(exitCode == 0, $"a runtime that starts with {limit} descriptors", output);
        (exitCode, output) = TestProgram.Run(space, $"ulimit -n {limit}; exec", Isolation, 2, "src dst");
        Assert.True(exitCode == 0, output);
        space.AssertSame("src", "dst");
    }
}
