using System.Buffers.Binary;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>The child's end of the link to its parent: blocking and lean, for it lies on the way to the target's first statement.</summary>
internal sealed unsafe class ChildLink(int socket)
{
    private const int PauseMilliseconds = 10;

    private readonly Lock _sending = new();

    /// <inheritdoc cref="SafeDescriptor.CloseToOthers()"/>
    internal void CloseToOthers() => SafeDescriptor.CloseToOthers(socket);

    /// <summary>Waits for a frame.</summary>
    /// <returns><see langword="null"/> when the parent is gone.</returns>
    internal byte[]? Receive(out FrameKind kind)
    {
        kind = 0;
        byte* header = stackalloc byte[ByteWriter.HeaderSize];
        if (!Fill(header, ByteWriter.HeaderSize))
            return null;
        kind = (FrameKind)header[4];
        // The parent is trusted with lengths: it made this process.
        byte[] payload = GC.AllocateUninitializedArray<byte>(BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(header, 4)));
        fixed (byte* start = payload)
            return Fill(start, payload.Length) ? payload : null;
    }

    /// <summary>Tells whether something was sent that was not received, or the parent is gone.</summary>
    internal bool HasMore
    {
        get
        {
            var poll = new PollDescriptor { Descriptor = socket, Events = POLLIN };
            return LibC.Poll(&poll, 1, 0) > 0;
        }
    }

    /// <summary>Sends a whole frame; safe from several threads.</summary>
    /// <returns>Whether the parent is there to take it.</returns>
    internal bool Send(ReadOnlySpan<byte> frame)
    {
        lock (_sending)
            fixed (byte* start = frame)
            {
                var shortage = new Shortage();
                for (int sent = 0; sent < frame.Length;)
                {
                    nint n = LibC.Send(socket, start + sent, (nuint)(frame.Length - sent), MSG_NOSIGNAL);
                    if (n < 0 && !MayTryAgain(ref shortage))
                        return false;
                    if (n > 0)
                        sent += (int)n;
                }
                return true;
            }
    }

    private bool Fill(byte* start, int length)
    {
        var shortage = new Shortage();
        for (int got = 0; got < length;)
        {
            nint n = LibC.Receive(socket, start + got, (nuint)(length - got), 0);
            if (n == 0 || (n < 0 && !MayTryAgain(ref shortage)))
                return false;
            if (n > 0)
                got += (int)n;
        }
        return true;
    }

    /// <summary>Waits a moment where the system was short of memory; an answer that was given up for that would be lost.</summary>
    /// <param name="shortage">That of this frame.</param>
    private static bool MayTryAgain(ref Shortage shortage)
    {
        int error = SystemError.Last;
        if (error == EINTR)
            return true;
        if (!SystemError.IsPassing(error) || !shortage.IsBorne())
            return false;
        Thread.Sleep(PauseMilliseconds);
        return true;
    }
}
