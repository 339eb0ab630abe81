namespace Multitasking.SharedMemory;

/// <summary>Starts threads of the library's own.</summary>
internal static class OwnThread
{
    private const int StackSize = 256 << 10;

    /// <returns>False when the system has no thread to give (pthread_create(3)).</returns>
    internal static bool TryStart(string name, ThreadStart start)
    {
        try
        {
            new Thread(start, StackSize) { Name = name, IsBackground = true }.UnsafeStart();
            return true;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            return false;
        }
    }
}
