using System.Diagnostics;
using Multitasking.Copying;

namespace Multitasking.Soak.Soaks;

/// <summary>A million files in one folder, and a million empty folders: all are copied, and memory does not grow with their number.</summary>
internal static class CopyingSoak
{
    private const long MostGrowth = 64;

    internal static async Task RunAsync(Settings settings)
    {
        int files = settings["files"], folders = settings["folders"];
        string root = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"copying-soak-{Environment.ProcessId}");
        Directory.CreateDirectory(root);
        try
        {
            await CompareAsync(root, "files", files, static path => File.Create(path, 1).Dispose());
            await CompareAsync(root, "folders", folders, static path => Directory.CreateDirectory(path));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task CompareAsync(string root, string what, int count, Action<string> make)
    {
        foreach (WorkerIsolation isolation in Enum.GetValues<WorkerIsolation>())
        {
            long few = await CopyAsync(root, what, count / 10, make, isolation);
            long many = await CopyAsync(root, what, count, make, isolation);
            Measures.Require(many < few + MostGrowth, $"memory grows with the number of {what}: {few} MB for {count / 10}, {many} MB for {count}");
        }
    }

    /// <returns>The most megabytes that this process held while it copied.</returns>
    private static async Task<long> CopyAsync(string root, string what, int count, Action<string> make, WorkerIsolation isolation)
    {
        string source = $"{root}/src", destination = $"{root}/dst";
        Directory.CreateDirectory(source);
        for (int i = 0; i < count; i++)
            make($"{source}/{i}");
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        Task<CopyResult> copy = FolderCopier.CopyAsync(source, destination, new CopyOptions { Isolation = isolation });
        long most = 0;
        do
            most = Math.Max(most, Measures.Resident(Environment.ProcessId));
        while (await Task.WhenAny(copy, Task.Delay(20)) != copy);
        CopyResult result = await copy;
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        result.ThrowIfFailed();
        int copied = Directory.EnumerateFileSystemEntries(destination).Count();
        Measures.Require(copied == count, $"{copied} of {count} {what} are there");
        Measures.Say($"{count} {what}, {isolation}: {time.TotalSeconds:0.0} s, {most} MB at most");
        Directory.Delete(source, recursive: true);
        Directory.Delete(destination, recursive: true);
        return most;
    }
}
