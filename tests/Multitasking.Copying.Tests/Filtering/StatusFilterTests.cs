using Multitasking.Copying.Filtering;
using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Tests.Filtering;

/// <summary>Limits on size and time.</summary>
public sealed class StatusFilterTests
{
    private const ushort Regular = 0x81A4;
    private const ushort Link = 0xA1FF;
    private const ushort Fifo = 0x11A4;
    private const ushort Folder = 0x41ED;

    private static readonly DateTimeOffset s_noon = new(2024, 2, 29, 13, 0, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(9, "smaller than the limit")]
    [InlineData(10, null)]
    [InlineData(20, null)]
    [InlineData(21, "larger than the limit")]
    public void Size_is_within_both_limits(long size, string? reason)
    {
        var filter = new CopyFilter { MinSize = 10, MaxSize = 20 };
        Check(filter, Regular, size, 0, 0, reason);
        Check(filter, Link, size, 0, 0, null);
        Check(filter, Fifo, size, 0, 0, null);
        Check(filter, Folder, size, 0, 0, null);
    }

    [Theory]
    [InlineData(-1, 999_999_999, "not newer than the limit")]
    [InlineData(0, 0, "not newer than the limit")]
    [InlineData(0, 1, null)]
    [InlineData(1, 0, null)]
    public void Newer_is_after_the_point_to_the_nanosecond(long seconds, uint nanoseconds, string? reason)
    {
        var filter = new CopyFilter { NewerThan = s_noon };
        long noon = s_noon.ToUnixTimeSeconds();
        Check(filter, Regular, 0, noon + seconds, nanoseconds, reason);
        Check(filter, Link, 0, noon + seconds, nanoseconds, reason);
        Check(filter, Fifo, 0, noon + seconds, nanoseconds, reason);
        Check(filter, Folder, 0, noon + seconds, nanoseconds, null);
    }

    [Theory]
    [InlineData(-1, 999_999_999, null)]
    [InlineData(0, 0, "not older than the limit")]
    [InlineData(0, 1, "not older than the limit")]
    public void Older_is_before_the_point_to_the_nanosecond(long seconds, uint nanoseconds, string? reason) =>
        Check(new CopyFilter { OlderThan = s_noon }, Regular, 0, s_noon.ToUnixTimeSeconds() + seconds, nanoseconds, reason);

    [Fact]
    public void Point_before_1970_has_its_fraction_counted_forward()
    {
        var filter = new CopyFilter { NewerThan = DateTimeOffset.UnixEpoch.AddTicks(-1) };
        Check(filter, Regular, 0, -1, 999_999_900, "not newer than the limit");
        Check(filter, Regular, 0, -1, 999_999_901, null);
        filter = new CopyFilter { NewerThan = DateTimeOffset.MinValue, OlderThan = DateTimeOffset.MaxValue };
        Check(filter, Regular, 0, -10_000_000_000, 0, null);
        Check(filter, Regular, 0, 10_000_000_000, 0, null);
    }

    [Fact]
    public void Least_size_above_the_largest_leaves_out_every_file()
    {
        var filter = new CopyFilter { MinSize = 2, MaxSize = 1 };
        Check(filter, Regular, 1, 0, 0, "smaller than the limit");
        Check(filter, Regular, 2, 0, 0, "larger than the limit");
    }

    [Fact]
    public async Task Limits_travel_to_a_process()
    {
        StatusFilter filter = StatusFilter.From(new CopyFilter { MinSize = 10, NewerThan = s_noon })!;
        string answer = await ChildProcess.RunAsync(() => Reason(filter), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("smaller than the limit", answer);
    }

    [Fact]
    public async Task Whole_filter_travels_to_a_process()
    {
        var filter = new CopyFilter
        {
            Rules = [CopyFilterRule.Exclude("\uDCFF*")],
            Files = new CopyFileList(["a"]),
            MinSize = 10,
            OlderThan = s_noon,
        };
        string answer = await ChildProcess.RunAsync(
            () => $"{filter.Rules[0]} {filter.Files![0]} {filter.MinSize} {filter.OlderThan:u}", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("- \\xFF* a 10 2024-02-29 12:00:00Z", answer);
    }

    private static string Reason(StatusFilter filter)
    {
        filter.Accepts(new FileStatus(new Statx { Mode = Regular, Size = 9 }), out string? reason);
        return reason ?? "";
    }

    private static void Check(CopyFilter filter, ushort mode, long size, long seconds, uint nanoseconds, string? reason)
    {
        var status = new FileStatus(new Statx { Mode = mode, Size = (ulong)size, ModifySeconds = seconds, ModifyNanoseconds = nanoseconds });
        Assert.Equal(reason is null, StatusFilter.From(filter)!.Accepts(status, out string? actual));
        Assert.Equal(reason, actual);
    }
}
