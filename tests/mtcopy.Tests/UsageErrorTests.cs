using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("", "what to copy, and where to?")]
    [InlineData("a", "where to copy 'a' to?")]
    [InlineData("-Z a b", "there is no option '-Z'; a path that begins with a dash stands behind --, or begins with ./")]
    [InlineData("-j 99999999999 a b", "-j takes a number from 1 to 1024 or auto, not '99999999999'")]
    [InlineData("--mirror --move a b", "--mirror and --move contradict each other: a second run would find the source empty, and remove everything")]
    public void Wrong_usage_is_explained_with_exit_code_2(string arguments, string problem)
    {
        using var space = new Workspace();
        CommandResult result = space.MtcopyIn($"mkdir a; exec $MTCOPY {arguments}").ExitsWith(2);
        Assert.Equal($"mtcopy: {problem}\nTry 'mtcopy --help' for the ways to call it.\n", result.Error);
        Assert.Equal("", result.Output);
        Assert.Equal("a\n", space.Bash("ls"));
    }

    [Fact]
    public void Wrong_usage_is_explained_when_a_path_is_empty()
    {
        using var space = new Workspace();
        CommandResult result = space.MtcopyIn("exec $MTCOPY '' b").ExitsWith(2);
        Assert.Contains("a path is empty; the current folder is '.'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_usage_is_harmless_to_the_terminal_when_an_argument_holds_escape_sequences()
    {
        using var space = new Workspace();
        CommandResult result = space.MtcopyIn("exec $MTCOPY -j $'\\e[31mred' a b").ExitsWith(2);
        Assert.Contains(@"not '\x1B[31mred'", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Error);
    }
}
