using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>Compares two files byte for byte, which on one machine is cheaper than two checksums and cannot err.</summary>
internal static unsafe class ContentComparison
{
    private const int Half = CopyBuffer.Size / 2;

    /// <summary>Compares an entry with what has its place.</summary>
    internal static Fault Compare(CopierTools tools, in EntryPlace place, out bool same)
    {
        same = false;
        int opened = tools.Open(place.Folders.Source, place.Name, tools.Settings.ReadFlags);
        if (opened < 0)
            return Fault.OfSource("cannot open", opened);
        using var source = new FileDescriptor(opened);
        int other = tools.Open(place.Folders.Target, place.Target, OpenFlags.ReadFile);
        // What cannot be read is replaced.
        if (other < 0)
            return default;
        using var target = new FileDescriptor(other);
        return Compare(tools, opened, other, out same, out _);
    }

    /// <summary>Reads a copy back, past the cache where that can be done, and compares it with its source.</summary>
    internal static Fault Verify(CopierTools tools, int source, int target)
    {
        int result = Kernel.SyncData(target);
        if (result < 0)
            return Fault.OfDestination("cannot write it to the device", result);
        Kernel.DropCache(target);
        if (Kernel.Seek(source, 0) is < 0 and var lost)
            return Fault.OfSource("cannot seek", lost);
        if (Kernel.Seek(target, 0) is < 0 and var failed)
            return Fault.OfDestination("cannot seek", failed);
        Fault fault = Compare(tools, source, target, out bool same, out long position);
        return !fault.IsNone || same
            ? fault
            : Fault.Of(CopyErrorKind.VerificationFailed, $"not copied: read back, it differs from the source at byte {position}");
    }

    private static Fault Compare(CopierTools tools, int source, int target, out bool same, out long position)
    {
        byte* left = tools.Buffer.Start;
        byte* right = left + Half;
        same = false;
        position = 0;
        while (true)
        {
            tools.Pass(0);
            long read = Fill(source, left);
            if (read < 0)
                return Fault.OfSource("cannot read", read);
            long other = Fill(target, right);
            if (other < 0)
                return Fault.OfDestination("cannot read it back", other);
            int common = new ReadOnlySpan<byte>(left, (int)read).CommonPrefixLength(new ReadOnlySpan<byte>(right, (int)other));
            position += common;
            if (common < read || common < other)
                return default;
            if (read < Half)
            {
                same = true;
                return default;
            }
        }
    }

    /// <summary>Reads until the half of the buffer is full or the file ends.</summary>
    private static long Fill(int descriptor, byte* half)
    {
        long filled = 0;
        while (filled < Half)
        {
            long read = Kernel.Read(descriptor, half + filled, Half - filled);
            if (read < 0)
                return read;
            if (read == 0)
                break;
            filled += read;
        }

        return filled;
    }
}
