using Mtcopy.CommandLine;
using Mtcopy.CommandLine.Definitions;
using Mtcopy.CommandLine.Values;

namespace Mtcopy.Tests.CommandLine.Values;

public sealed class NumbersTests
{
    private static GivenOption Given(string value) => new(KnownOptions.MinSize, "--min-size", value);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("500", 500)]
    [InlineData("1K", 1024)]
    [InlineData("1k", 1024)]
    [InlineData("64KiB", 65536)]
    [InlineData("1.5M", 1572864)]
    [InlineData(".5K", 512)]
    [InlineData("2G", 2147483648)]
    [InlineData("1T", 1099511627776)]
    [InlineData("8191P", 9222246136947933184)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Size_is_read(string text, long bytes) => Assert.Equal(bytes, Numbers.Bytes(Given(text)));

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("iB")]
    [InlineData("10iB")]
    [InlineData("10KB")]
    [InlineData("10 K")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1,5M")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("8192P")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999999999P")]
    public void Size_is_refused(string text)
    {
        var wrong = Assert.Throws<UsageException>(() => Numbers.Bytes(Given(text)));
        Assert.Equal($"--min-size takes a size such as 500, 64K, 1.5M or 2G (K is 1024), not '{text}'", wrong.Message);
    }
}
