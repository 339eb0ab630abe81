using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Tests.View;

public sealed class WorkerLinesTests
{
    private static readonly FilePath[] s_current = [$"photos/{new string('x', 100)}/日本語.jpg", "evil\n\e[31m"];

    [Fact]
    public void Worker_has_a_line_that_is_safe_and_fits() =>
        Assert.Equal(
            [$"  photos/{new string('x', 20)}…{new string('x', 16)}/日本語.jpg", @"  evil\n\x1B[31m"],
            WorkerLines.Compose(s_current, columns: 60, rows: 24, BarStyle.Lines));

    [Fact]
    public void Line_is_plain_ascii_when_the_terminal_has_no_more() =>
        Assert.Equal("  ???.jpg", Assert.Single(WorkerLines.Compose(["日本語.jpg"], columns: 80, rows: 24, BarStyle.Ascii)));

    [Theory]
    [InlineData(59, 24)]
    [InlineData(80, 9)]
    [InlineData(80, 0)]
    public void Workers_have_no_lines_on_a_small_terminal(int columns, int rows) => Assert.Empty(WorkerLines.Compose(s_current, columns, rows, BarStyle.Lines));

    [Fact]
    public void Workers_fill_no_more_than_half_of_the_screen() =>
        Assert.Equal(6, WorkerLines.Compose([.. Enumerable.Repeat<FilePath>("a", 100)], columns: 80, rows: 12, BarStyle.Lines).Count());
}
