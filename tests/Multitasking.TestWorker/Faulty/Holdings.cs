namespace Multitasking.TestWorker.Faulty;

/// <summary>The descriptors of this process of the kinds that the library opens.</summary>
internal static class Holdings
{
    private static readonly string[] s_kinds = ["socket:", "anon_inode:[eventfd]", "anon_inode:[pidfd]", "/memfd:"];

    /// <summary>How many there are of each kind.</summary>
    internal static int[] Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        string[] targets = [.. new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(static link => link.LinkTarget).OfType<string>().Where(IsOfLibrary)];
        return [.. s_kinds.Select(kind => targets.Count(target => target.StartsWith(kind, StringComparison.Ordinal)))];
    }

    /// <summary>Waits until no more is left than that.</summary>
    internal static async Task<int[]> SettleAsync(int[] most)
    {
        int[] left = Count();
        for (int i = 0; i < 100 && IsMore(left, most); i++)
        {
            await Task.Delay(50);
            left = Count();
        }
        return left;
    }

    internal static bool IsMore(int[] left, int[] most) => left.Zip(most).Any(static pair => pair.First > pair.Second);

    // The runtime's own, by which it maps code twice.
    private static bool IsOfLibrary(string target) => !target.Contains("doublemapper", StringComparison.Ordinal);
}
