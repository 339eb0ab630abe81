namespace Mtcopy.CommandLine.Completions;

/// <summary>What <c>mtcopy --completion</c> prints: a script that makes a shell complete the arguments.</summary>
internal static class CompletionScript
{
    public static string For(string shell) => shell switch
    {
        "bash" => BashCompletion.Compose(),
        "zsh" => ZshCompletion.Compose(),
        "fish" => FishCompletion.Compose(),
        "powershell" => PowerShellCompletion.Compose(),
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "There are no completions for it."),
    };
}
