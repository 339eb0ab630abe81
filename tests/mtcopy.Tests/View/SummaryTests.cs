using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Tests.View;

public sealed class SummaryTests
{
    private static readonly CopyResult s_copied = new()
    {
        FilesCopied = 50_000,
        FilesUnchanged = 0,
        FoldersCreated = 501,
        LinksCopied = 1,
        BytesCopied = 421_600_000,
        Errors = [],
        Elapsed = TimeSpan.FromSeconds(0.613),
        WorkersLost = 0,
    };

    private static readonly CopyResult s_nothing = s_copied with { FilesCopied = 0, FoldersCreated = 0, LinksCopied = 0, BytesCopied = 0 };

    private static readonly CopyError s_error = new("a", CopyErrorKind.SourceUnreadable, "cannot read: Permission denied", 13);

    [Fact]
    public void Summary_is_a_line_when_all_went_well() =>
        Assert.Equal("Copied 50,000 files, 501 folders, 1 link: 402 MiB in 0.61 s, 656 MiB/s.", Compose(s_copied));

    [Fact]
    public void Summary_leaves_out_what_there_was_none_of() =>
        Assert.Equal(
            "Copied 1 file: 0 B in 0.61 s.",
            Compose(s_copied with { FilesCopied = 1, FoldersCreated = 0, LinksCopied = 0, BytesCopied = 0 }));

    [Fact]
    public void Summary_has_a_second_line_when_there_is_more_to_say() =>
        Assert.Equal(
            "Copied 50,000 files, 501 folders, 1 link: 402 MiB in 0.61 s, 656 MiB/s.\n1,200 unchanged, 2 failed, 1 worker lost and replaced.",
            Compose(s_copied with { FilesUnchanged = 1_200, Errors = [s_error, s_error], WorkersLost = 1 }));

    [Fact]
    public void Summary_says_so_when_there_was_nothing_to_copy() =>
        Assert.Equal("Nothing to copy: all is there (0.61 s).\n3 unchanged.", Compose(s_nothing with { FilesUnchanged = 3 }));

    [Fact]
    public void Summary_says_so_when_nothing_could_be_copied() =>
        Assert.Equal("Nothing copied (0.61 s).\n1 failed.", Compose(s_nothing with { Errors = [s_error] }));

    [Fact]
    public void Summary_counts_all_that_was_done() =>
        Assert.Equal(
            "Copied 50,000 files, 501 folders, 1 link, 3 hard links, 1 special file: 402 MiB in 0.61 s, 656 MiB/s.\n5 left alone, 7 deleted, given up.",
            Compose(s_copied with { HardLinksMade = 3, SpecialsCreated = 1, EntriesSkipped = 5, EntriesDeleted = 7, IsStopped = true }));

    [Fact]
    public void Summary_of_a_dry_run_says_what_would_be()
    {
        Assert.Equal("Would copy 50,000 files, 501 folders, 1 link: 402 MiB.\n2 to be deleted.", Summary.Compose(s_copied with { EntriesDeleted = 2 }, isDryRun: true));
        Assert.Equal("Would copy nothing: all is there.", Summary.Compose(s_nothing, isDryRun: true));
    }

    private static string Compose(CopyResult result) => Summary.Compose(result, isDryRun: false);
}
