using System.Globalization;
using System.Runtime.InteropServices;
using Multitasking.Fuse.Interop;
using Multitasking.Fuse.Serving;

namespace Multitasking.Fuse.Client;

/// <summary>Takes mounts away.</summary>
internal static class LeftMounts
{
    /// <summary>Takes away the mounts whose server and test host were both killed.</summary>
    internal static void RemoveDead()
    {
        foreach ((string folder, int server) in All())
            if (!Directory.Exists($"/proc/{server.ToString(CultureInfo.InvariantCulture)}"))
                Remove(folder);
    }

    /// <summary>Takes away what is mounted at a folder, if it is one of ours; requests without an answer get an error.</summary>
    internal static void RemoveAt(string folder)
    {
        if (All().Any(mount => mount.Folder == folder))
            Remove(folder);
    }

    private static void Remove(string folder)
    {
        // With MNT_FORCE the kernel aborts the connection first.
        int flags = LibC.MNT_FORCE | LibC.MNT_DETACH | LibC.UMOUNT_NOFOLLOW;
        if (LibC.Unmount(folder, flags) != 0 && All().Any(mount => mount.Folder == folder))
            throw new IOException($"umount2 of {folder}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    /// <summary>The mounts of the tests' servers, with the process that serves each (proc(5), mountinfo).</summary>
    private static IEnumerable<(string Folder, int Server)> All()
    {
        foreach (string line in File.ReadLines("/proc/self/mountinfo"))
        {
            int separator = line.IndexOf(" - ", StringComparison.Ordinal);
            if (line[(separator + 3)..].Split(' ') is [Connection.MountType, var server, ..])
                yield return (line.Split(' ')[4], int.Parse(server, CultureInfo.InvariantCulture));
        }
    }
}
