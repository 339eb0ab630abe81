namespace Multitasking.Children;

/// <summary>What <c>waitpid</c> says of an ended process (wait(2)), as one number: the exit code, or minus the signal.</summary>
internal static class ExitStatus
{
    internal static int Decode(int status) => (status & 0x7F) == 0 ? (status >> 8) & 0xFF : -(status & 0x7F);

    internal static string Describe(int? exitCode) => exitCode switch
    {
        null => "ended in an unknown way (its exit status was taken by somebody else)",
        -2 => "was interrupted (SIGINT)",
        -4 => "was ended by SIGILL",
        -6 => "was aborted (SIGABRT: an unhandled exception, a stack overflow or FailFast)",
        -7 => "was ended by SIGBUS",
        -8 => "was ended by SIGFPE",
        -9 => "was killed (SIGKILL: by somebody, or by the system when memory ran out)",
        -11 => "was ended by SIGSEGV",
        -15 => "was terminated (SIGTERM)",
        < 0 => $"was ended by signal {-exitCode}",
        _ => $"exited with code {exitCode}",
    };
}
