using Mtcopy.CommandLine.Completions;
using Mtcopy.Tests.Running;

namespace Mtcopy.Tests.CommandLine.Completions;

public sealed class FishCompletionTests
{
    [Theory]
    [InlineData("mtcopy --spa", "--sparse")]
    [InlineData("mtcopy --sparse=", "--sparse=always --sparse=auto --sparse=never")]
    [InlineData("mtcopy --sparse n", "never")]
    [InlineData("mtcopy -avj a", "auto")]
    [InlineData("mtcopy -p mode,t", "mode,times")]
    [InlineData("mtcopy --dry-run=e", "--dry-run=explain")]
    [InlineData("mtcopy --dry-run e", "every")]
    [InlineData("mtcopy --log ev", "every")]
    [InlineData("mtcopy --backup-dir ", "folder/")]
    [InlineData("mtcopy --min-size ", "")]
    [InlineData("mtcopy --completion z", "zsh")]
    [InlineData("mtcopy ev", "every")]
    public void Line_is_completed(string line, string completions)
    {
        Needs.Program("fish");
        using var space = new Workspace();
        File.WriteAllText($"{space.Folder}/completion", CompletionScript.For("fish"));
        space.Bash("mkdir folder home; touch every");
        // It keeps its history at home. A completion and what it means have a tab between them.
        string said = space.Bash($"HOME=$PWD/home XDG_CONFIG_HOME= XDG_DATA_HOME= timeout 30 fish --no-config -c {ShellQuoting.Quote($"source ./completion; complete -C '{line}'")} | cut -f 1 | grep -v '^home/$' || true");
        Assert.Equal(completions, string.Join(' ', said.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}
