using Multitasking.Invocation;

namespace Multitasking.Bootstrap;

/// <summary>Who this process is: a child, as its parent named it, or the main process.</summary>
internal static class ThisWorker
{
    private static int s_children;

    internal static WorkerIdentity Identity { get; set; } = new("MainProcess", "", IsDaemon: false);

    internal static bool IsChild => Identity.Path.Length > 0;

    /// <summary>The place in the family of the next child, and with it its default name: <c>Process-1</c>, in a child <c>Process-1:1</c>.</summary>
    internal static string NextPath()
    {
        int number = Interlocked.Increment(ref s_children);
        return IsChild ? $"{Identity.Path}:{number}" : $"{number}";
    }
}
