namespace Multitasking.Interop;

/// <summary>How many descriptors this process may still open.</summary>
internal static class OpenDescriptors
{
    /// <summary>An estimate, as other threads open and close theirs; <see langword="null"/> where the system does not tell.</summary>
    internal static long? Left()
    {
        try
        {
            // Without the one that the look itself takes.
            return ResourceLimit.Descriptors - Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() + 1;
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            // Not even one is left to look with.
            return 0;
        }
    }
}
