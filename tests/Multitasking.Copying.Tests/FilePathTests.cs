using CsCheck;

namespace Multitasking.Copying.Tests;

public sealed class FilePathTests
{
    private static readonly Gen<byte[]> s_bytes = Gen.OneOf(
        Gen.Byte[1, 255].Array[0, 40],
        Gen.String.Select(static text => System.Text.Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal))));

    [Fact]
    public void Text_turns_back_into_the_same_bytes() => s_bytes.Sample(static bytes =>
    {
        var path = new FilePath(bytes);
        Assert.Equal(bytes, FilePath.FromText(path.ToText()).Bytes.ToArray());
        Assert.Equal(path, FilePath.FromText(path.ToText()));
        Assert.Equal(path.GetHashCode(), FilePath.FromText(path.ToText()).GetHashCode());
    });

    [Fact]
    public void Shown_path_is_one_line_without_control_characters() => s_bytes.Sample(static bytes =>
        Assert.DoesNotContain(new FilePath(bytes).ToString(), static c => char.IsControl(c) || c is '\u202E' or '\u2028'));

    [Theory]
    [InlineData("plain/ä中", "plain/ä中")]
    [InlineData("a\nb\tc\rd", "a\\nb\\tc\\rd")]
    [InlineData("\e[2J\u007F", "\\x1B[2J\\x7F")]
    [InlineData("back\\slash", "back\\\\slash")]
    [InlineData("\u202Egnp.\uFEFF\u0085", "\\u202Egnp.\\uFEFF\\u0085")]
    public void Path_is_shown_escaped(string path, string shown) => Assert.Equal(shown, ((FilePath)path).ToString());

    [Fact]
    public void Byte_that_is_not_UTF8_is_shown_as_a_number() => Assert.Equal("a\\xFFb", new FilePath([0x61, 0xFF, 0x62]).ToString());

    [Fact]
    public void Nul_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new FilePath("a\0b"u8));
        Assert.Throws<ArgumentException>(() => FilePath.FromText("a\0"));
        Assert.Throws<ArgumentNullException>(() => FilePath.FromText(null!));
        Assert.True(default(FilePath).IsEmpty);
    }
}
