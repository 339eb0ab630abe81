using System.Globalization;
using System.Runtime.InteropServices;
using Multitasking.Interop;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>What a task may do to its process' descriptors and memory.</summary>
internal static unsafe partial class Scribbles
{
    internal static void CloseAll()
    {
        foreach (int descriptor in OpenDescriptors())
            _ = LibC.Close(descriptor);
    }

    internal static void ReplaceAll()
    {
        using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        int source = (int)nowhere.DangerousGetHandle();
        foreach (int descriptor in OpenDescriptors())
            if (descriptor != source)
                _ = Duplicate(source, descriptor);
    }

    internal static void WriteToAll()
    {
        byte* noise = stackalloc byte[64];
        new Span<byte>(noise, 64).Fill(0xA5);
        foreach (int descriptor in OpenDescriptors())
        {
            if (descriptor <= 2)
                continue;
            _ = LibC.Send(descriptor, noise, 64, Constants.MSG_DONTWAIT | Constants.MSG_NOSIGNAL);
            _ = LibC.Write(descriptor, noise, 8);
        }
    }

    /// <summary>Has whatever shares a descriptor with this process wait in its reads, and takes away what it is told of, for ever.</summary>
    internal static void BlockAndSteal()
    {
        const int GetFlags = 3, SetFlags = 4, NonBlocking = 0x800;
        byte* bytes = stackalloc byte[64];
        int[] descriptors = OpenDescriptors();
        foreach (int descriptor in descriptors)
            _ = LibC.FileControl(descriptor, SetFlags, LibC.FileControl(descriptor, GetFlags, 0) & ~NonBlocking);
        while (true)
            foreach (int descriptor in descriptors)
            {
                if (descriptor <= 2)
                    continue;
                ulong one = 1;
                if (LibC.Send(descriptor, (byte*)&one, 1, Constants.MSG_DONTWAIT | Constants.MSG_NOSIGNAL) >= 0)
                    _ = LibC.Receive(descriptor, bytes, 64, Constants.MSG_DONTWAIT);
                else if (IsEvent(descriptor) && LibC.Write(descriptor, &one, sizeof(ulong)) > 0)
                    _ = LibC.Read(descriptor, bytes, sizeof(ulong));
            }
    }

    private static bool IsEvent(int descriptor) =>
        new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget?.Contains("eventfd", StringComparison.Ordinal) == true;

    /// <summary>As what is no frame.</summary>
    internal static void WriteToLinks()
    {
        byte* noise = stackalloc byte[64];
        new Span<byte>(noise, 64).Fill(0xA5);
        foreach (int descriptor in OpenDescriptors())
            _ = LibC.Send(descriptor, noise, 64, Constants.MSG_DONTWAIT | Constants.MSG_NOSIGNAL);
    }

    /// <summary>Where the memory is that this worker shares with its pool.</summary>
    internal static byte* SharedMemory() => (byte*)SharedRanges().Single()[0];

    private static int[] OpenDescriptors() =>
        [.. Directory.GetFileSystemEntries("/proc/self/fd").Select(static path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))];

    /// <param name="pattern">The byte, or -1 for random ones.</param>
    internal static string OverSharedMemory(int pattern)
    {
        foreach (long[] range in SharedRanges())
        {
            var memory = new Span<byte>((void*)range[0], (int)(range[1] - range[0]));
            if (pattern < 0)
                Random.Shared.NextBytes(memory);
            else
                memory.Fill((byte)pattern);
        }
        return "scribbled";
    }

    // As proc(5) describes a line: range, rights, offset, device, inode, name. The runtime's own memory has names of its own.
    private static IEnumerable<long[]> SharedRanges() =>
        from line in File.ReadAllLines("/proc/self/maps")
        where line.Contains(" rw-s ", StringComparison.Ordinal) && line.Contains("/memfd:", StringComparison.Ordinal) && !line.Contains("doublemapper", StringComparison.Ordinal)
        select line[..line.IndexOf(' ')].Split('-').Select(static text => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();

    [LibraryImport("libc.so.6", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);
}
