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

    /// <summary>Runs it as a user whom permissions stop, and to whom everything is given before; the test is skipped where there is no way to become one.</summary>
    public static (int ExitCode, string Output) RunAsNobody(Workspace space, WorkerIsolation isolation, string paths, CopyPreserve preserve = CopyPreserve.Default, string also = "") =>
        Environment.UserName == "root"
            ? RunAsMember(space, isolation, paths, preserve, owned: "-R -h 65534:65534 .", also)
            : Run(space, "exec", isolation, 2, paths, preserve, also);

    /// <summary>The same, as a member of the group 1234. What <paramref name="owned"/> says is given to the user before; the rest stays somebody else's.</summary>
    public static (int ExitCode, string Output) RunAsMember(Workspace space, WorkerIsolation isolation, string paths, CopyPreserve preserve, string owned, string also = "")
    {
        const string Nobody = "setpriv --reuid 65534 --regid 65534 --groups 65534,1234 --no-new-privs";
        if (Shell.TryRun(space.Folder, $"{Nobody} test -x '{s_path}'").ExitCode != 0)
            Needs.Machine(false, "root, setpriv, and a program that a user who is not root can run");
        space.Bash($"chown {owned}");
        return Run(space, $"HOME=/nonexistent DOTNET_EnableDiagnostics=0 exec {Nobody}", isolation, 2, paths, preserve, also);
    }

    private static string Line(string prefix, WorkerIsolation isolation, int workers, string paths, CopyPreserve preserve = CopyPreserve.Default, string also = "") =>
        $"{(prefix.Length == 0 ? "exec" : prefix)} '{s_path}' {(isolation == WorkerIsolation.Processes ? "processes" : "threads")},{(int)preserve},{also} {workers} {paths}";
}
