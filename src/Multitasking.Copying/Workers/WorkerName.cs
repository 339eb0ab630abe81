using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Workers;

/// <summary>Gives every worker of this process the temporary name under which it writes.</summary>
internal static class WorkerName
{
    private static readonly byte[] s_token = RunToken.Encode(Environment.ProcessId, ProcessStart.Of(Environment.ProcessId) ?? 0);
    private static int s_workers;

    /// <summary>A name that no other worker has, of this run or of another one in this process.</summary>
    internal static byte[] Next() => TemporaryName.Make(s_token, Interlocked.Increment(ref s_workers));
}
