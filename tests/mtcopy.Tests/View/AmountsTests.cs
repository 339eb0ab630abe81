using Mtcopy.View;

namespace Mtcopy.Tests.View;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(102_348, "99.9 KiB")]
    [InlineData(102_399, "100 KiB")]
    [InlineData(1_023_999, "1.0 MiB")]
    [InlineData(421_600_000, "402 MiB")]
    [InlineData(9.2e18, "8.0 EiB")]
    public void Bytes_have_three_digits_at_most(double bytes, string shown) => Assert.Equal(shown, Amounts.Bytes(bytes));

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(59.9, "0:59")]
    [InlineData(754, "12:34")]
    [InlineData(3723, "1:02:03")]
    [InlineData(183_600, "2d 03h")]
    public void Clock_shows_the_two_or_three_largest_units(double seconds, string shown) => Assert.Equal(shown, Amounts.Clock(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.004, "0.00 s")]
    [InlineData(0.613, "0.61 s")]
    [InlineData(9.996, "10.0 s")]
    [InlineData(59.96, "1 min 00 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(3599.7, "1 h 00 min")]
    [InlineData(90_061, "25 h 01 min")]
    public void Duration_has_three_digits_or_two_units(double seconds, string shown) => Assert.Equal(shown, Amounts.Duration(TimeSpan.FromSeconds(seconds)));
}
