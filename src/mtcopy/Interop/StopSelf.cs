namespace Mtcopy.Interop;

/// <summary>Stops this process as a program that knows nothing of Ctrl-Z would be stopped.</summary>
internal static class StopSelf
{
    // TSTP, as the shell is told, and not STOP: a process that no shell watches, and that nobody could let go on, is left running by the kernel then.
    public const int TerminalStop = 20;

    /// <summary>CONT: a process that was stopped by whichever signal goes on.</summary>
    public const int Continuation = 18;

    /// <summary>Above the size of the kernel's and of every C library's <c>struct sigaction</c>; zeros are the default action.</summary>
    private const int ActionSize = 256;

    /// <summary>Returns when the process goes on.</summary>
    public static unsafe void UntilContinued()
    {
        byte* ordinary = stackalloc byte[ActionSize];
        byte* before = stackalloc byte[ActionSize];
        new Span<byte>(ordinary, ActionSize).Clear();
        new Span<byte>(before, ActionSize).Clear();
        if (LibC.SetAction(TerminalStop, ordinary, before) < 0)
            return;
        _ = LibC.Raise(TerminalStop);
        _ = LibC.SetAction(TerminalStop, before, null);
    }
}
