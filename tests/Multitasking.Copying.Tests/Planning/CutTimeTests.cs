using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Tests.Planning;

/// <summary>Times as file systems keep them that have no nanoseconds.</summary>
public sealed class CutTimeTests
{
    [Theory]
    // The source's time, and the one that the destination shows.
    [InlineData(1_000_000_001, 789_000_000, 1_000_000_001, 0, true)]
    [InlineData(1_000_000_001, 789_000_000, 1_000_000_000, 0, true)]
    [InlineData(1_000_000_001, 0, 1_000_000_000, 0, true)]
    [InlineData(1_000_000_000, 123_456_789, 1_000_000_000, 120_000_000, true)]
    [InlineData(1_000_000_000, 123_456_789, 1_000_000_000, 123_456_700, true)]
    [InlineData(-1, 999_999_999, -1, 0, true)]
    // One and the same; later ones; ones that no unit would have left; and too far away.
    [InlineData(1_000_000_000, 5, 1_000_000_000, 5, false)]
    [InlineData(1_000_000_000, 0, 1_000_000_001, 0, false)]
    [InlineData(1_000_000_000, 0, 1_000_000_000, 789_000_000, false)]
    [InlineData(1_000_000_000, 123_456_789, 1_000_000_000, 123_456_788, false)]
    [InlineData(1_000_000_000, 123_456_789, 1_000_000_000, 100_000_000, false)]
    [InlineData(1_000_000_002, 0, 1_000_000_001, 0, false)]
    [InlineData(1_000_000_002, 0, 1_000_000_000, 0, false)]
    [InlineData(long.MaxValue, 0, long.MinValue, 0, false)]
    public void Time_may_be_a_cut_one_when_a_coarser_unit_would_have_left_it(long sourceSeconds, uint sourceNanoseconds, long seconds, uint nanoseconds, bool expected) =>
        Assert.Equal(expected, At(seconds, nanoseconds).MayBeCutFrom(At(sourceSeconds, sourceNanoseconds)));

    private static FileStatus At(long seconds, uint nanoseconds) => new(new Statx { ModifySeconds = seconds, ModifyNanoseconds = nanoseconds });
}
