using Xunit;

namespace Multitasking.Contracts;

/// <summary>
/// Skips a test where the machine, the user or the engine lacks what it needs. The reason is one line that begins with its kind and says
/// the way out; <c>.ci/allowed-skips</c> lists those with which a test may be skipped in <c>.ci/run</c>.
/// </summary>
public static class Needs
{
    // A user who is not root lacks them in PATH; what makes file systems lies there.
    private const string ProgramsOfRoot = "/usr/local/sbin:/usr/sbin:/sbin";

    /// <summary>Whether this user may do everything.</summary>
    public static bool IsRoot { get; } = Environment.UserName == "root";

    /// <summary>Skips where the program is not installed.</summary>
    /// <param name="name">The program.</param>
    /// <param name="package">The package that has it, where that has another name.</param>
    public static void Program(string name, string? package = null) =>
        Assert.SkipUnless(FindProgram(name) is not null, $"Needs {name}: install {package ?? name}.");

    /// <summary>The path of a program, or null where it is not installed.</summary>
    /// <param name="name">The program.</param>
    public static string? FindProgram(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:{ProgramsOfRoot}".Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Skips where the user is not root.</summary>
    /// <param name="what">What only root may do.</param>
    public static void Root(string what) => Assert.SkipUnless(IsRoot, $"Needs root: {what}.");

    /// <summary>Skips where another user may not even enter the folder that the tests lie in, as below one of <c>mktemp -d</c>.</summary>
    public static void ProgramForOthers()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            Machine(
                folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute),
                "a program that a user who is not root can run: clone into a folder that others may enter");
    }

    /// <summary>Skips what this engine cannot do by its nature; no machine can.</summary>
    /// <param name="can">Whether it can.</param>
    /// <param name="why">Why it cannot.</param>
    public static void Engine(bool can, string why) => Assert.SkipUnless(can, $"Not applicable to this engine: {why}.");

    /// <summary>Skips where the machine is not as the test needs it, for a reason that has no other method here.</summary>
    /// <param name="isThere">Whether it is.</param>
    /// <param name="what">What is needed.</param>
    /// <param name="output">What the system said.</param>
    public static void Machine(bool isThere, string what, string output = "") => Assert.SkipUnless(isThere, $"Needs {what}.{Line(output)}");

    /// <summary>Skips a test whose mount was refused, with the reason for which it was.</summary>
    /// <param name="fileSystem">The file system, as <c>mount -t</c> names it.</param>
    /// <param name="output">What the system said.</param>
    public static void Mount(string fileSystem, string output)
    {
        Root($"only root may mount {fileSystem}");
        bool isKnown = File.ReadLines("/proc/filesystems").Any(line => line.EndsWith($"\t{fileSystem}", StringComparison.Ordinal));
        Assert.Skip(isKnown ? $"Needs to mount {fileSystem}.{Line(output)}" : $"This kernel has no {fileSystem}.{Line(output)}");
    }

    /// <summary>One line, because what is printed of a test run is read line by line.</summary>
    private static string Line(string output) => output.Length == 0 ? "" : " " + string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
