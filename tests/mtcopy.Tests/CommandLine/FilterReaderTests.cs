using Mtcopy.CommandLine;
using Mtcopy.Tests.Running;
using Multitasking.Copying;

namespace Mtcopy.Tests.CommandLine;

public sealed class FilterReaderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static CopyFilter Read(params string[] arguments) =>
        Assert.IsType<CopyRequest>(RequestParser.Parse([.. arguments, "a", "b"], s_now)).Options.Filter!;

    private static string Problem(params string[] arguments) =>
        Assert.IsType<WrongRequest>(RequestParser.Parse([.. arguments, "a", "b"], s_now)).Problem;

    private static string[] Rules(CopyFilter filter) => [.. filter.Rules.Select(static rule => rule.ToString())];

    [Fact]
    public void Filter_is_none_when_nothing_is_left_out() => Assert.Null(Read("-a"));

    [Fact]
    public void Rules_keep_the_order_of_the_arguments() =>
        Assert.Equal(["+ a", "- b", "+ c", "- *"], Rules(Read("--include", "a", "--exclude=b", "-v", "--include=c", "--exclude", "*")));

    [Fact]
    public void Rules_of_a_file_stand_where_its_option_stands()
    {
        using var space = new Workspace();
        space.Bash("printf '+ one\\n# no rule\\n\\n- two/\\n' > rules");
        Assert.Equal(["- first", "+ one", "- two/", "+ last"], Rules(Read("--exclude=first", $"--filter-from={space.Folder}/rules", "--include=last")));
    }

    [Fact]
    public void Patterns_keep_every_byte() => Assert.Equal([(byte)'*', 0xFF, (byte)' '], Read("--exclude", "*\uDCFF ").Rules[0].Pattern.Bytes.ToArray());

    [Fact]
    public void Pattern_may_look_like_an_option() => Assert.Equal(["- --help", "+ -a"], Rules(Read("--exclude", "--help", "--include", "-a")));

    [Fact]
    public void List_has_a_path_a_line()
    {
        using var space = new Workspace();
        space.Bash("printf 'b\\nc/d e\\n' > list");
        CopyFileList files = Read("--files-from", $"{space.Folder}/list").Files!;
        Assert.Equal(["b", "c/d e"], [files[0], files[1]]);
    }

    [Fact]
    public void List_has_paths_that_end_with_NUL_when_asked()
    {
        using var space = new Workspace();
        space.Bash("printf 'b\\nc\\0\\377\\0' > list");
        CopyFileList files = Read("-0", "--files-from", $"{space.Folder}/list").Files!;
        Assert.Equal(["b\nc", "\uDCFF"], [files[0], files[1]]);
    }

    [Fact]
    public void File_is_read_when_its_name_is_not_UTF_8()
    {
        using var space = new Workspace();
        space.Bash("echo '- x' > $'rules\\xff'");
        Assert.Equal(["- x"], Rules(Read("--filter-from", $"{space.Folder}/rules\uDCFF")));
    }

    [Fact]
    public void Limits_are_those_given()
    {
        CopyFilter filter = Read("--min-size", "1K", "--max-size=2M", "--newer=2026-01-01T00:00Z", "--older", "3d", "--max-depth=2");
        Assert.Equal((1024, 2 * 1024 * 1024, 2), (filter.MinSize, filter.MaxSize, filter.MaxDepth));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), filter.NewerThan);
        Assert.Equal(s_now.AddDays(-3), filter.OlderThan);
        Assert.Empty(filter.Rules);
    }

    [Fact]
    public void Problem_names_file_and_line_when_a_rule_is_wrong()
    {
        using var space = new Workspace();
        space.Bash("printf '+ one\\n* two\\n' > rules");
        Assert.Equal(
            $"--filter-from: {space.Folder}/rules, line 2: A rule begins with \"+ \" or \"- \", unlike \"* two\"",
            Problem("--filter-from", $"{space.Folder}/rules"));
    }

    [Theory]
    [InlineData("--filter-from", "/nowhere", "--filter-from cannot read '/nowhere': No such file or directory")]
    [InlineData("--files-from", "/", "--files-from cannot read '/': Is a directory")]
    [InlineData("--files-from", "", "--files-from takes a file, not ''")]
    [InlineData("--exclude", "", "--exclude takes a pattern, not ''")]
    [InlineData("--exclude", "a//b", "--exclude: the pattern \"a//b\" cannot match: ")]
    public void Problem_names_option_and_value(string option, string value, string problem) =>
        Assert.StartsWith(problem, Problem(option, value), StringComparison.Ordinal);

    [Fact]
    public void Lists_come_from_standard_input_when_asked()
    {
        using var space = new Workspace();
        space.Bash("mkdir a; echo one > a/one; echo two > $'a/two\\n'");
        space.MtcopyIn("(cd a; find . -type f -print0) | $MTCOPY --files-from - -0 --filter-from <(echo '- one') -n a b").ExitsWith(0);
    }
}
