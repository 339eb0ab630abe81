using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>The arguments ask for nothing that can be done.</summary>
/// <param name="problem">What is wrong, in a line that is safe to print.</param>
internal sealed class UsageException(string problem) : Exception(problem)
{
    /// <summary>An option has a value that is none.</summary>
    /// <param name="option">The option.</param>
    /// <param name="wanted">What would be right.</param>
    public static UsageException Value(GivenOption option, string wanted) => new($"{option.Spelling} takes {wanted}, not '{(FilePath)option.Value}'");
}
