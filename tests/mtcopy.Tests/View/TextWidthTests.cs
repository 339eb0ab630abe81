using Mtcopy.View;

namespace Mtcopy.Tests.View;

public sealed class TextWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("photo.jpg", 9)]
    [InlineData("Übung", 5)]
    [InlineData("日本語", 6)]
    [InlineData("ｱ", 1)]
    [InlineData("한국어", 6)]
    [InlineData("e\u0301", 1)]
    [InlineData("🎬 film", 7)]
    [InlineData("…━─", 3)]
    public void Width_is_in_columns_and_not_in_characters(string text, int columns) => Assert.Equal(columns, TextWidth.Of(text));

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("photos/2024/holiday.jpg", 12, "photo…ay.jpg")]
    [InlineData("日本語日本語", 7, "日…本語")]
    [InlineData("abcdefe\u0301", 4, "a…fe\u0301")]
    [InlineData("abcdef", 1, "")]
    public void Text_that_is_too_long_loses_its_middle(string text, int columns, string shortened) =>
        Assert.Equal(shortened, TextWidth.Shorten(text, columns, "…"));

    [Fact]
    public void Shortened_text_always_fits()
    {
        foreach (string text in new[] { "日本語の名前.mkv", "plain/name/of/a/file", "e\u0301e\u0301e\u0301e\u0301e\u0301", "🎬🎬🎬🎬" })
            for (int columns = 0; columns < 30; columns++)
                Assert.True(TextWidth.Of(TextWidth.Shorten(text, columns, "…")) <= columns, $"{text} in {columns}");
    }
}
