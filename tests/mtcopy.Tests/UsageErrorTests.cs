using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("", "what to copy, and where to?")]
    [InlineData("a", "where to copy 'a' to?")]
    [InlineData("-r a b", "there is no option '-r'; a path that begins with a dash stands behind --, or begins with ./")]
    [InlineData("a b --verify", "there is no option '--verify'; a path that begins with a dash stands behind --, or begins with ./")]
    [InlineData("-j 0 a b", "-j takes a number from 1 to 1024, not '0'")]
    [InlineData("-j many a b", "-j takes a number from 1 to 1024, not 'many'")]
    [InlineData("-j 99999999999 a b", "-j takes a number from 1 to 1024, not '99999999999'")]
    [InlineData("a b -j", "Required argument missing for option: '-j'")]
    [InlineData("-j 2 -j 3 a b", "Option '-j' expects a single argument but 2 were provided")]
    [InlineData("--isolation fibers a b", "--isolation takes 'threads' or 'processes', not 'fibers'")]
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
