using System.Globalization;

namespace Multitasking.Faults.Hostile;

/// <summary>What joins a worker to its pool, found as any code in the worker can find it.</summary>
internal sealed unsafe class WorkerHandles
{
    private WorkerHandles()
    {
        foreach (var entry in new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos())
        {
            int number = int.Parse(entry.Name, CultureInfo.InvariantCulture);
            string target = entry.LinkTarget ?? "";
            if (target.StartsWith("socket:", StringComparison.Ordinal) && TypeOf(number) == NativeCalls.SOCK_STREAM)
                Link = number;
            else if (target.StartsWith("socket:", StringComparison.Ordinal))
                Passing = number;
            else if (target.Contains("eventfd", StringComparison.Ordinal))
                Bell = number;
        }
        foreach (string line in File.ReadLines("/proc/self/maps"))
            if (line.Contains(" rw-s ", StringComparison.Ordinal) && line.Contains("/memfd:", StringComparison.Ordinal)
                && !line.Contains("doublemapper", StringComparison.Ordinal))
                Memory = (byte*)long.Parse(line.AsSpan(0, line.IndexOf('-', StringComparison.Ordinal)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    internal int Link { get; private set; } = -1;

    /// <summary>The socket by which descriptors come, or -1.</summary>
    internal int Passing { get; private set; } = -1;

    /// <summary>The eventfd, or -1.</summary>
    internal int Bell { get; private set; } = -1;

    /// <summary>The rings, or null in a child that is no worker.</summary>
    internal byte* Memory { get; private set; }

    internal static WorkerHandles Find() => new();

    /// <summary>Sends what the socket takes at once.</summary>
    internal nint Send(ReadOnlySpan<byte> bytes) => Send(Link, bytes);

    internal static nint Send(int socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return NativeCalls.Send(socket, start, (nuint)bytes.Length, NativeCalls.MSG_DONTWAIT | NativeCalls.MSG_NOSIGNAL);
    }

    /// <summary>Sends all of it, for as long as the other side reads.</summary>
    internal void SendAll(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            for (nint sent = 0; sent < bytes.Length;)
            {
                nint n = NativeCalls.Send(Link, start + sent, (nuint)(bytes.Length - sent), NativeCalls.MSG_NOSIGNAL);
                if (n <= 0)
                    return;
                sent += n;
            }
    }

    internal void Ring()
    {
        ulong one = 1;
        _ = NativeCalls.Write(Bell, &one, sizeof(ulong));
    }

    private static int TypeOf(int socket)
    {
        int type = 0;
        uint size = sizeof(int);
        return NativeCalls.GetSocketOption(socket, NativeCalls.SOL_SOCKET, NativeCalls.SO_TYPE, &type, &size) == 0 ? type : -1;
    }
}
