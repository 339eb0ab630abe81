using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Tests.View;

public sealed class ProgressLineTests
{
    private static readonly CopyProgress s_halfway = new(
        FilesDone: 21_034, BytesDone: 176_500_000, FilesFound: 50_000, BytesFound: 421_600_000, IsTotalKnown: true,
        ErrorCount: 0, BytesPerSecond: 295_000_000, Elapsed: TimeSpan.FromSeconds(12), TimeLeft: TimeSpan.FromSeconds(17));

    private static readonly CopyProgress s_counting = s_halfway with { IsTotalKnown = false, TimeLeft = null };

    [Theory]
    [InlineData(140, " 41%  ━━━━━━━━━━━━━━━━────────────────────────  21,034 of 50,000 files   168 MiB of 402 MiB   281 MiB/s  0:17 left")]
    [InlineData(80, " 41%  21,034 of 50,000 files   168 MiB of 402 MiB   281 MiB/s  0:17 left")]
    [InlineData(60, " 41%  21,034 files   168 MiB   281 MiB/s  0:17 left")]
    [InlineData(40, " 41%   168 MiB   281 MiB/s  0:17 left")]
    [InlineData(20, " 41%  0:17 left")]
    public void Line_is_as_rich_as_the_width_allows(int width, string line) => Assert.Equal(line, Compose(s_halfway, width));

    [Theory]
    [InlineData(140, "21,034 files  50,000+ found   168 MiB   281 MiB/s  -:-- left")]
    [InlineData(40, "21,034 files   168 MiB   281 MiB/s")]
    public void Line_shows_what_was_found_while_the_sources_are_read(int width, string line) => Assert.Equal(line, Compose(s_counting, width));

    [Fact]
    public void Line_never_reaches_the_last_column()
    {
        foreach (CopyProgress progress in new[] { s_halfway, s_counting, s_halfway with { ErrorCount = 12_345 }, default })
            for (int width = 0; width <= 300; width++)
                Assert.True(Compose(progress, width).Length < Math.Max(width, 1), $"{width} columns: {Compose(progress, width)}");
    }

    [Fact]
    public void Line_counts_failures_in_the_colour_of_alarm() =>
        Assert.Contains(new LinePart("3 failed", LineRole.Alarm), ProgressLine.Compose(s_halfway with { ErrorCount = 3 }, 120, BarStyle.Lines));

    [Fact]
    public void Line_says_100_percent_only_when_files_and_bytes_are_done()
    {
        CopyProgress bytesDone = s_halfway with { BytesDone = s_halfway.BytesFound };
        Assert.StartsWith(" 42%", Compose(bytesDone, 100), StringComparison.Ordinal);
        Assert.StartsWith("100%", Compose(bytesDone with { FilesDone = s_halfway.FilesFound }, 100), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_is_drawn_with_plain_characters_when_the_terminal_has_no_others() =>
        Assert.Contains("####....", ProgressLine.Text(ProgressLine.Compose(s_halfway, 100, BarStyle.Ascii)), StringComparison.Ordinal);

    private static string Compose(CopyProgress progress, int width) => ProgressLine.Text(ProgressLine.Compose(progress, width, BarStyle.Lines));
}
