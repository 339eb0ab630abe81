using Mtcopy.Tests.Running;
using Mtcopy.View;

namespace Mtcopy.Tests.View;

public sealed class ScreenBlockTests
{
    private const int Width = 20;

    [Fact]
    public void Nothing_is_left_when_lines_are_drawn_over_and_erased()
    {
        var block = new ScreenBlock();
        string output = "$ mtcopy\n" + Draw(block, "one", "two", "three") + Draw(block, "longer one", "2") + Draw(block, "1", "2", "3", "4") + Draw(block, "last") + block.Erase(Width);
        TerminalScreen screen = TerminalScreen.Show(output + "$", Width);
        Assert.Equal(["$ mtcopy", "$"], screen.Rows);
        Assert.Equal(["$ mtcopy\none\ntwo\nthree", "$ mtcopy\nlonger one\n2", "$ mtcopy\n1\n2\n3\n4"], screen.Blocks);
    }

    [Fact]
    public void Text_goes_above_the_lines()
    {
        var block = new ScreenBlock();
        string output = Draw(block, "one", "two") + block.Above("a message\n", Width);
        Assert.Equal(["a message", "one", "two"], TerminalScreen.Show(output, Width).Rows);
        Assert.Equal(["a message"], TerminalScreen.Show(output + block.Erase(Width), Width).Rows);
    }

    [Fact]
    public void Lines_that_a_narrower_terminal_folded_are_taken_back_too()
    {
        var block = new ScreenBlock();
        Draw(block, "0123456789abcde", "x");
        Assert.Equal("\r\e[2A\e[J", block.Erase(width: 10));
    }

    [Fact]
    public void Lines_are_left_alone_when_they_are_forgotten()
    {
        var block = new ScreenBlock();
        Draw(block, "one", "two");
        block.Forget();
        Assert.Equal("", block.Erase(Width));
        Assert.Equal("text", block.Above("text", Width));
    }

    private static string Draw(ScreenBlock block, params string[] lines) => block.Draw([.. lines.Select(static line => (line, line.Length))], Width);
}
