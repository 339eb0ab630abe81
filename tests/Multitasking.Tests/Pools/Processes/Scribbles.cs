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
