using System.ComponentModel;
using System.Globalization;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.SharedMemory;

/// <summary>
/// What becomes of a system call that failed when shared memory was made: an <see cref="IOException"/> that names the way out, with the
/// system's own error inside.
/// </summary>
internal static class Refusal
{
    /// <summary>
    /// Makes something that takes descriptors. Where there are none it is tried again after a collection: objects that were dropped, and
    /// not disposed of, hold theirs until then.
    /// </summary>
    /// <param name="size">How many bytes of memory it is for, in the error.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="IOException">The system refused.</exception>
    internal static T Try<T>(long size, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Win32Exception exception) when (exception.NativeErrorCode is EMFILE or ENFILE)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        catch (Win32Exception exception)
        {
            throw Of(size, exception);
        }
        try
        {
            return make();
        }
        catch (Win32Exception exception)
        {
            throw Of(size, exception);
        }
    }

    internal static IOException Of(long size, Win32Exception exception) => new(Message(size, exception), exception);

    private static string Message(long size, Win32Exception exception) => exception.NativeErrorCode switch
    {
        EMFILE or ENFILE =>
            "This process has too many descriptors open to share more memory. Dispose channels, locks and arrays that are not needed, or "
            + "raise the limit (ulimit -n).",
        EFBIG => string.Create(
            CultureInfo.InvariantCulture,
            $"Shared memory of {size:N0} bytes is more than this process' limit on the size of a file, which holds for it too: "
            + $"{ResourceLimit.FileSize:N0} bytes. Make it smaller, or raise the limit (ulimit -f)."),
        _ => string.Create(CultureInfo.InvariantCulture, $"The system gives no shared memory of {size:N0} bytes: {exception.Message}"),
    };
}
