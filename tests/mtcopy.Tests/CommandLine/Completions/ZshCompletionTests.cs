using Mtcopy.CommandLine.Completions;
using Mtcopy.Tests.Running;

namespace Mtcopy.Tests.CommandLine.Completions;

public sealed class ZshCompletionTests
{
    // A shell on a terminal of its own gets the line and a tab, and says what became of the line.
    private const string Driver = """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "PROMPT=; autoload -Uz compinit; compinit -D -u; source ./completion; finish() { zle complete-word; print -r -- LINE:\$BUFFER:; print END; exit }; zle -N finish; bindkey '^I' finish; print REA''DY"
        said=
        while zpty -r shell said && [[ $said != *READY* ]]; do done
        all=
        zpty -n -w shell "$1"$'\t'
        while zpty -r shell said; do all+=$said; [[ $said == *END* ]] && break; done
        zpty -d shell
        print -r -- "$all" | grep -a -o 'LINE:.*:' | tail -n 1
        """;

    [Theory]
    [InlineData("mtcopy --spa", "mtcopy --sparse=")]
    [InlineData("mtcopy --sparse=al", "mtcopy --sparse=always ")]
    [InlineData("mtcopy --sparse nev", "mtcopy --sparse never ")]
    [InlineData("mtcopy -avj a", "mtcopy -avj auto ")]
    [InlineData("mtcopy --preserve=mode,t", "mtcopy --preserve=mode,times,")]
    [InlineData("mtcopy --dry-run=e", "mtcopy --dry-run=explain ")]
    [InlineData("mtcopy --dry-run e", "mtcopy --dry-run every ")]
    [InlineData("mtcopy -n e", "mtcopy -n every ")]
    [InlineData("mtcopy --log ev", "mtcopy --log every ")]
    [InlineData("mtcopy --backup-dir ", "mtcopy --backup-dir folder/")]
    [InlineData("mtcopy --exclude a --excl", "mtcopy --exclude a --exclude=")]
    [InlineData("mtcopy -- --mirr", "mtcopy -- --mirr")]
    public void Line_is_completed(string line, string completed)
    {
        Needs.Program("zsh");
        using var space = new Workspace();
        File.WriteAllText($"{space.Folder}/completion", CompletionScript.For("zsh"));
        File.WriteAllText($"{space.Folder}/driver", Driver);
        space.Bash("mkdir folder; touch every");
        Assert.Equal($"LINE:{completed}:\n", space.Bash($"timeout 30 zsh -f ./driver {ShellQuoting.Quote(line)} </dev/null"));
    }

    [Fact]
    public void Script_works_from_a_folder_of_fpath()
    {
        Needs.Program("zsh");
        using var space = new Workspace();
        File.WriteAllText($"{space.Folder}/_mtcopy", CompletionScript.For("zsh"));
        Assert.Equal("_mtcopy\n", space.Bash("zsh -f -c 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -D -u; print $_comps[mtcopy]'"));
    }
}
