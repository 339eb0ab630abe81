namespace Multitasking.Interop;

/// <summary>The one place that asks which system this is.</summary>
internal static class Platform
{
    /// <exception cref="PlatformNotSupportedException">Not Linux.</exception>
    internal static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException(
                "Child processes of Multitasking need Linux (posix_spawn, pidfd, socketpair). " +
                "ChildThread and the thread workers run on this system too.");
    }
}
