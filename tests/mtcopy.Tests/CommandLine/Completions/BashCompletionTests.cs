using Mtcopy.CommandLine.Completions;
using Mtcopy.Tests.Running;

namespace Mtcopy.Tests.CommandLine.Completions;

public sealed class BashCompletionTests
{
    // As readline calls it: words in COMP_WORDS, the one under the cursor last.
    private static string Complete(params string[] words)
    {
        using var space = new Workspace();
        File.WriteAllText($"{space.Folder}/completion", CompletionScript.For("bash"));
        string quoted = string.Join(' ', words.Select(static word => ShellQuoting.Quote(word)));
        return space.Bash($"set -u; source ./completion; COMP_WORDS=(mtcopy {quoted}); COMP_CWORD={words.Length}; _mtcopy; echo ${{COMPREPLY[@]+\"${{COMPREPLY[@]}}\"}}").TrimEnd('\n');
    }

    [Theory]
    [InlineData("--sp", "--sparse")]
    [InlineData("--max-", "--max-delete --max-size --max-depth --max-errors")]
    [InlineData("--sparse a", "auto always")]
    [InlineData("--sparse =", "auto always never")]
    [InlineData("--sparse = n", "never")]
    [InlineData("--sparse=al", "--sparse=always")]
    [InlineData("-av --isolation p", "processes")]
    [InlineData("-j ", "auto")]
    [InlineData("-p mode,t", "mode,times")]
    [InlineData("--preserve = mode,xattr,sp", "mode,xattr,specials")]
    [InlineData("--preserve=mode,o", "--preserve=mode,owner")]
    [InlineData("--dry-run = e", "explain")]
    [InlineData("--dry-run e", "")]
    [InlineData("--dry-run --ver", "--verify --verbose --version")]
    [InlineData("--completion f", "fish")]
    [InlineData("--min-size ", "")]
    [InlineData("--log --v", "")]
    [InlineData("-- --sp", "")]
    [InlineData("pho", "")]
    public void Words_are_completed(string words, string completions) => Assert.Equal(completions, Complete(words.Split(' ')));

    [Fact]
    public void Names_of_files_are_left_to_bash()
    {
        using var space = new Workspace();
        File.WriteAllText($"{space.Folder}/completion", CompletionScript.For("bash"));
        Assert.Equal("complete -o default -F _mtcopy mtcopy\n", space.Bash("source ./completion; complete -p mtcopy"));
    }
}
