using static Multitasking.Interop.Constants;

namespace Multitasking.Interop;

/// <summary>
/// A standard stream that other processes write to as well. A write to a file or a terminal is one; to a pipe only up to 4 KiB (pipe(7)), so there a lock goes around it, which the
/// system takes back from a process that dies.
/// </summary>
internal sealed unsafe class SharedOutput(int descriptor)
{
    private readonly bool _isStream = LibC.Seek(descriptor, 0, SEEK_CUR) < 0;

    /// <summary>Writes all of it. What cannot be written is dropped, as the framework's console does: the reader is gone.</summary>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        bool isLocked = _isStream && Lock(F_WRLCK);
        fixed (byte* start = bytes)
            for (int written = 0; written < bytes.Length;)
            {
                nint n = LibC.Write(descriptor, start + written, (nuint)(bytes.Length - written));
                if (n >= 0)
                    written += (int)n;
                else if (SystemError.Last == EAGAIN)
                    WaitForRoom();
                else if (SystemError.Last != EINTR)
                    break;
            }
        if (isLocked)
            Lock(F_UNLCK);
    }

    private bool Lock(short kind)
    {
        var range = new FileLock { Kind = kind };
        int result;
        do
            result = LibC.FileControl(descriptor, F_SETLKW, (nint)(&range));
        while (result < 0 && SystemError.Last == EINTR);
        return result == 0;
    }

    /// <summary>Somebody made the stream non-blocking.</summary>
    private void WaitForRoom()
    {
        var poll = new PollDescriptor { Descriptor = descriptor, Events = POLLOUT };
        _ = LibC.Poll(&poll, 1, -1);
    }
}
