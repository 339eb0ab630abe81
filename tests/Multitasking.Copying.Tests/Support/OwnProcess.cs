namespace Multitasking.Copying.Tests.Support;

/// <summary>What this process has at the moment: children and open files.</summary>
internal static class OwnProcess
{
    /// <summary>The children, zombies included.</summary>
    public static IReadOnlyList<int> Children()
    {
        var children = new List<int>();
        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                string line = File.ReadAllText($"{thread}/children");
                children.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse));
            }
            catch (IOException)
            {
                // The thread has ended; its children are another one's now.
            }
        }

        return children;
    }

    /// <summary>Whether a child is a program of its own by now, and no longer a copy of this one.</summary>
    public static bool IsProgram(int child)
    {
        try
        {
            return File.ReadAllText($"/proc/{child}/environ").Contains("MULTITASKING_CHILD=", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What the open descriptors lead to, each as often as it is open.</summary>
    public static List<string> Descriptors()
    {
        var open = new List<string>();
        foreach (string link in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            try
            {
                string target = File.ResolveLinkTarget(link, returnFinalTarget: false)!.FullName;
                // The runtime keeps the assemblies that it has loaded, what explains them, and memory for the code it makes of them.
                if (!target.Contains(".dll", StringComparison.Ordinal) && !target.Contains(".pdb", StringComparison.Ordinal)
                    && !target.Contains("memfd:doublemapper", StringComparison.Ordinal))
                    open.Add(target);
            }
            catch (FileNotFoundException)
            {
                // The one that this reads the folder with is closed by now.
            }
        }

        return open;
    }

    /// <summary>Waits until no program runs in a folder any more: the worker processes of one that was killed finish a file and tidy up.</summary>
    public static void WaitForThoseIn(string folder) => Until.True(() => !Directory.EnumerateDirectories("/proc").Any(process => IsIn(process, folder)), () => $"somebody runs in {folder}");

    private static bool IsIn(string process, string folder)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0]) && File.ResolveLinkTarget($"{process}/cwd", returnFinalTarget: false)?.FullName == folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended: a zombie is nowhere.
            return false;
        }
    }
}
