using System.Text;

namespace Multitasking.Copying.Tests.Filtering;

/// <summary>How a list of files is read.</summary>
public sealed class CopyFileListTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("./a", "a")]
    [InlineData("././a/./b/.", "a/b")]
    [InlineData("a/", "a")]
    [InlineData("a//b///", "a/b")]
    [InlineData(".", ".")]
    [InlineData("./", ".")]
    [InlineData("...", "...")]
    [InlineData("..a/.b", "..a/.b")]
    [InlineData("*[", "*[")]
    [InlineData("# a ", "# a ")]
    [InlineData("a\r", "a\r")]
    [InlineData("\uDCFF/\uDC80", "\uDCFF/\uDC80")]
    public void Path_is_taken_without_what_has_no_meaning(string line, string path)
    {
        Assert.Equal((FilePath)path, new CopyFileList([line])[0]);
        Assert.Equal((FilePath)path, CopyFileList.ParseLines(((FilePath)line).Bytes)[0]);
    }

    [Fact]
    public void Lines_are_paths_and_empty_ones_are_not() =>
        Assert.Equal(["a", "b c", "d"], PathsOf(CopyFileList.ParseLines("\na\nb c\n\nd"u8)));

    [Fact]
    public void Names_may_have_line_breaks_between_NULs() =>
        Assert.Equal(["a\nb", "c"], PathsOf(CopyFileList.ParseNulSeparated("a\nb\0\0./c\0"u8)));

    [Fact]
    public void Empty_text_lists_nothing()
    {
        Assert.Equal(0, CopyFileList.ParseLines(default).Count);
        Assert.Equal(0, CopyFileList.ParseNulSeparated("\0"u8).Count);
    }

    [Theory]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("/", "absolute")]
    [InlineData("..", "\"..\"")]
    [InlineData("a/../b", "\"..\"")]
    [InlineData("a/..", "\"..\"")]
    [InlineData("./../\e", "\"..\"")]
    public void Path_that_could_lead_out_of_the_source_is_refused_by_name(string path, string reason)
    {
        string shown = ((FilePath)path).ToString();
        string message = Assert.Throws<FormatException>(() => CopyFileList.ParseLines(Encoding.UTF8.GetBytes($"a\n\n{path}\n"), "the list")).Message;
        Assert.StartsWith($"the list, line 3: \"{shown}\" cannot be listed: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        message = Assert.Throws<FormatException>(() => CopyFileList.ParseNulSeparated(Encoding.UTF8.GetBytes($"a\0{path}"))).Message;
        Assert.StartsWith($"path 2: \"{shown}\" cannot be listed: ", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => new CopyFileList(["a", path])).Message;
        Assert.Contains($"\"{shown}\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nul_in_a_line_is_refused_with_a_word_on_what_it_may_be() => Assert.Contains(
        "as in a list whose paths end with NUL",
        Assert.Throws<FormatException>(static () => CopyFileList.ParseLines("a\0b\0"u8)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Empty_path_is_refused()
    {
        Assert.Throws<ArgumentException>(static () => new CopyFileList([default]));
        Assert.Throws<ArgumentNullException>(static () => new CopyFileList(null!));
    }

    private static string[] PathsOf(CopyFileList list) => [.. Enumerable.Range(0, list.Count).Select(i => list[i].ToText())];
}
