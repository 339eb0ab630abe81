namespace Mtcopy.Tests.Running;

/// <summary>How the command ended, and what it said.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Asserts the exit code, showing what the command said if it is another one.</summary>
    public CommandResult ExitsWith(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode} instead of {exitCode}\nstandard output:\n{Output}\nstandard error:\n{Error}");
        return this;
    }
}
