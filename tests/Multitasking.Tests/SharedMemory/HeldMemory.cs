namespace Multitasking.Tests.SharedMemory;

/// <summary>What this process holds of shared arrays and values, as the system sees it.</summary>
internal static class HeldMemory
{
    private const string Name = "/memfd:multitasking-array";

    internal static int Mappings => Lines().Count;

    internal static int Descriptors => new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
        .Count(static link => link.LinkTarget?.StartsWith(Name, StringComparison.Ordinal) == true);

    /// <summary>Mappings and descriptors, when all garbage is gone.</summary>
    internal static (int Mappings, int Descriptors) Settled()
    {
        CollectGarbage();
        return (Mappings, Descriptors);
    }

    /// <summary>The lines of <c>/proc/self/maps</c> (proc_pid_maps(5)).</summary>
    internal static List<string> Lines() => [.. File.ReadLines("/proc/self/maps").Where(static line => line.Contains(Name, StringComparison.Ordinal))];

    /// <summary>Has everything finalized that is garbage by now.</summary>
    internal static void CollectGarbage()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
