using System.Diagnostics;
using System.Globalization;

namespace Multitasking.Soak;

/// <summary>What a process holds, as the system sees it.</summary>
internal static class Measures
{
    /// <summary>But for the files of programs, which the runtime opens as it needs them and keeps.</summary>
    internal static int Descriptors => DescriptorKinds.Values.Sum();

    internal static IReadOnlyDictionary<string, int> DescriptorKinds =>
        new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(static link => link.LinkTarget).OfType<string>()
            .Where(static target => Path.GetExtension(target) is not (".dll" or ".pdb" or ".so"))
            .CountBy(static target => target.Split('[')[0]).ToDictionary();

    internal static int Threads => Directory.GetDirectories("/proc/self/task").Length;

    /// <summary>The children of this process, zombies too.</summary>
    internal static IReadOnlyList<int> Children =>
        [.. Directory.GetDirectories("/proc/self/task").SelectMany(static thread => Read($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(static id => int.Parse(id, CultureInfo.InvariantCulture))];

    /// <summary>How many megabytes of a process lie in memory.</summary>
    internal static long Resident(int process)
    {
        foreach (string line in Read($"/proc/{process}/status").Split('\n'))
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
        return 0;
    }

    /// <summary>Fails the soak.</summary>
    internal static void Require(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException(what);
    }

    /// <summary>Waits for something that must come true soon.</summary>
    internal static async Task RequireSoonAsync(Func<bool> condition, Func<string> what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Require(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), what());
            await Task.Delay(20);
        }
    }

    internal static void Say(string line) => Console.Out.WriteLine(line);

    internal static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended in the meantime.
        }
    }

    internal static void Spin(double microseconds)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds)
        {
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
