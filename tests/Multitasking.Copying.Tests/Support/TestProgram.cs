using System.Diagnostics;

namespace Multitasking.Copying.Tests.Support;

/// <summary>The program that copies in a process of its own.</summary>
internal static class TestProgram
{
    private static readonly string s_path = Path.Combine(AppContext.BaseDirectory, "Multitasking.Copying.TestProgram");

    /// <summary>Runs it behind a prefix of bash, such as a limit to set before.</summary>
    public static (int ExitCode, string Output) Run(Workspace space, string prefix, WorkerIsolation isolation, int workers, string paths, CopyPreserve preserve = CopyPreserve.Default, string also = "") =>
        Shell.TryRun(space.Folder, Line(prefix, isolation, workers, paths, preserve, also));

    public static Process Start(Workspace space, WorkerIsolation isolation, int workers, string paths, string also = "") =>
        Shell.Start(space.Folder, Line("", isolation, workers, paths, also: also));

    /// <summary>Runs it as a user whom permissions stop; the test is skipped where there is no way to become one.</summary>
    public static (int ExitCode, string Output) RunAsNobody(Workspace space, WorkerIsolation isolation, string paths, CopyPreserve preserve = CopyPreserve.Default, string also = "")
    {
        const string Nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs";
        bool isRoot = Environment.UserName == "root";
        if (isRoot && Shell.TryRun(space.Folder, $"{Nobody} test -x '{s_path}'").ExitCode != 0)
            Assert.Skip("Needs setpriv, and a program that a user who is not root can run.");
        if (isRoot)
            space.Bash("chown -R -h 65534:65534 .");
        return Run(space, isRoot ? $"HOME=/nonexistent DOTNET_EnableDiagnostics=0 exec {Nobody}" : "exec", isolation, 2, paths, preserve, also);
    }

    private static string Line(string prefix, WorkerIsolation isolation, int workers, string paths, CopyPreserve preserve = CopyPreserve.Default, string also = "") =>
        $"{(prefix.Length == 0 ? "exec" : prefix)} '{s_path}' {(isolation == WorkerIsolation.Processes ? "processes" : "threads")},{(int)preserve},{also} {workers} {paths}";
}
