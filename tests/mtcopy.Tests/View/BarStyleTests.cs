using Mtcopy.View;

namespace Mtcopy.Tests.View;

public sealed class BarStyleTests
{
    [Theory]
    [InlineData(null, null, "en_US.UTF-8", true)]
    [InlineData(null, null, "C.utf8", true)]
    [InlineData("", "", "de_DE.UTF-8", true)]
    [InlineData("C", null, "en_US.UTF-8", false)]
    [InlineData(null, "zh_CN.GBK", "en_US.UTF-8", false)]
    [InlineData(null, null, null, false)]
    public void Bar_is_drawn_with_lines_when_the_locale_is_utf8(string? all, string? ctype, string? lang, bool lines)
    {
        var environment = new Dictionary<string, string?> { ["LC_ALL"] = all, ["LC_CTYPE"] = ctype, ["LANG"] = lang };
        Assert.Equal(lines ? BarStyle.Lines : BarStyle.Ascii, BarStyle.OfLocale(environment.GetValueOrDefault));
    }
}
