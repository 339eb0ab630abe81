using System.Text;
using Mtcopy.CommandLine;

namespace Mtcopy.Tests.CommandLine;

public sealed class RawArgumentsTests
{
    [Fact]
    public void Arguments_are_the_last_entries_of_the_command_line()
    {
        byte[] commandLine = [.. "dotnet\0mtcopy.dll\0-j2\0a"u8, 0xFF, 0, 0, .. "b\0"u8];
        Assert.Equal(["-j2", "a\uDCFF", "", "b"], RawArguments.Recover(["-j2", "a\uFFFD", "", "b"], commandLine));
    }

    [Fact]
    public void Arguments_stay_as_they_are_when_the_command_line_cannot_be_read() =>
        Assert.Equal(["a\uFFFD"], RawArguments.Recover(["a\uFFFD"], []));

    [Fact]
    public void Arguments_stay_as_they_are_when_they_are_valid() =>
        Assert.Equal(["a", "中文 😀"], RawArguments.Recover(["a", "中文 😀"], Encoding.UTF8.GetBytes("mtcopy\0a\0中文 😀\0")));
}
