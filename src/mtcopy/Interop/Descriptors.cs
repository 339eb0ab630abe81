using System.Runtime.InteropServices;

namespace Mtcopy.Interop;

/// <summary>Standard input, output and error as the kernel knows them.</summary>
internal static class Descriptors
{
    public const int Output = 1;
    public const int Error = 2;

    private const int GetDescriptorFlags = 1;
    private const int ReadWrite = 2;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;
    private const int Cancelled = 125;

    /// <summary>
    /// Puts <c>/dev/null</c> where the caller closed one of the three (<c>mtcopy … &gt;&amp;-</c>): else the next file that is opened, a copy perhaps, would
    /// get its number, and the summary would be written into it.
    /// </summary>
    public static void FillClosed()
    {
        for (int fd = 0; fd <= Error; fd++)
            if (LibC.DescriptorFlags(fd, GetDescriptorFlags) < 0)
                _ = LibC.Open("/dev/null", ReadWrite);
    }

    /// <summary>Writes all of it, if anybody still reads.</summary>
    /// <returns>0, or the system's number of what went wrong.</returns>
    public static unsafe int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                nint written = LibC.Write(descriptor, start + done, (nuint)(bytes.Length - done));
                if (written >= 0)
                    done += written;
                else if (Marshal.GetLastPInvokeError() is var error && !MayTryAgain(descriptor, error))
                    return error;
            }
        }

        return 0;
    }

    /// <summary>The same, piece by piece, for much: a reader that does not read holds up nobody who was told to stop.</summary>
    /// <returns>0, or the system's number of what went wrong.</returns>
    public static int WriteUnlessStopped(int descriptor, ReadOnlySpan<byte> bytes, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
        {
            var wait = new PollDescriptor { Descriptor = descriptor, Wanted = PollDescriptor.CanWrite };
            while (LibC.Poll(ref wait, 1, timeout: 100) == 0)
                if (stop.IsCancellationRequested)
                    return Cancelled;

            // What a pipe that can be written to takes without making anybody wait.
            ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, 4096)];
            int error = Write(descriptor, piece);
            if (error != 0)
                return error;
            bytes = bytes[piece.Length..];
        }

        return 0;
    }

    private static bool MayTryAgain(int descriptor, int error)
    {
        // A terminal or pipe shared with a program that made it non-blocking.
        if (error == WouldBlock)
        {
            var wait = new PollDescriptor { Descriptor = descriptor, Wanted = PollDescriptor.CanWrite };
            return LibC.Poll(ref wait, 1, timeout: -1) >= 0;
        }

        return error == Interrupted;
    }
}
