using System.Runtime.CompilerServices;
using Multitasking.Interop;
using Multitasking.Tests.Life;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>All ways in which a task can take its process with it.</summary>
internal static class Deaths
{
    internal const int SIGUSR1 = 10;
    internal const int SIGSTOP = 19;

    private static readonly Dictionary<string, Action> s_all = new()
    {
        ["stack overflow"] = static () => _ = Dig(1),
        ["fail fast"] = static () => Environment.FailFast("as the test wants it"),
        ["native fault"] = NativeEnds.Fault,
        ["exception in a thread"] = static () => new Thread(static () => throw new InvalidDataException("as the test wants it")).Start(),
        ["SIGKILL"] = static () => LibC.SendSignal(Environment.ProcessId, Constants.SIGKILL),
        ["SIGTERM"] = static () => LibC.SendSignal(Environment.ProcessId, Constants.SIGTERM),
        ["SIGUSR1"] = static () => LibC.SendSignal(Environment.ProcessId, SIGUSR1),
        ["exit 0"] = static () => Environment.Exit(0),
        ["exit 3"] = static () => Environment.Exit(3),
        ["exit at once"] = static () => LibC.ExitAtOnce(7),
        ["another program"] = NativeEnds.BecomeAnotherProgram,
    };

    /// <summary>Ends this process, and never returns.</summary>
    internal static int Die(string way)
    {
        s_all[way]();
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Dig(int depth) => depth < 0 ? 0 : Dig(depth + 1) + depth;
}
