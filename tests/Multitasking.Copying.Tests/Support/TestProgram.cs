using System.Diagnostics;

namespace Multitasking.Copying.Tests.Support;

/// <summary>The program that copies in a process of its own.</summary>
internal static class TestProgram
{
    private static readonly string s_path = Path.Combine(AppContext.BaseDirectory, "Multitasking.Copying.TestProgram");

    /// <summary>Runs it behind a prefix of bash, such as a limit to set before.</summary>
    public static (int ExitCode, string Output) Run(Workspace space, string prefix, WorkerIsolation isolation, int workers, string paths, string options = "") =>
        Shell.TryRun(space.Folder, Line(prefix, isolation, workers, paths, options));

    public static Process Start(Workspace space, WorkerIsolation isolation, int workers, string paths, string options = "") =>
        Shell.Start(space.Folder, Line("", isolation, workers, paths, options));

    /// <summary>Runs it as a user whom permissions stop, and to whom everything is given before; the test is skipped where there is no way to become one.</summary>
    public static (int ExitCode, string Output) RunAsNobody(Workspace space, WorkerIsolation isolation, string paths, CopyPreserve preserve) =>
        RunAsNobody(space, isolation, paths, $"{(int)preserve}");

    /// <inheritdoc cref="RunAsNobody(Workspace, WorkerIsolation, string, CopyPreserve)"/>
    public static (int ExitCode, string Output) RunAsNobody(Workspace space, WorkerIsolation isolation, string paths, string options = "") =>
        Environment.UserName == "root" ? RunAsMember(space, isolation, paths, options, owned: "-R -h 65534:65534 .") : Run(space, "exec", isolation, 2, paths, options);

    /// <summary>The same, as a member of the group 1234. What <paramref name="owned"/> says is given to the user before; the rest stays somebody else's.</summary>
    public static (int ExitCode, string Output) RunAsMember(Workspace space, WorkerIsolation isolation, string paths, CopyPreserve preserve, string owned) =>
        RunAsMember(space, isolation, paths, $"{(int)preserve}", owned);

    private static (int ExitCode, string Output) RunAsMember(Workspace space, WorkerIsolation isolation, string paths, string options, string owned)
    {
        const string Nobody = "setpriv --reuid 65534 --regid 65534 --groups 65534,1234 --no-new-privs";
        if (Shell.TryRun(space.Folder, $"{Nobody} test -x '{s_path}'").ExitCode != 0)
            Assert.Skip("Needs root, setpriv, and a program that a user who is not root can run.");
        space.Bash($"chown {owned}");
        return Run(space, $"HOME=/nonexistent DOTNET_EnableDiagnostics=0 exec {Nobody}", isolation, 2, paths, options);
    }

    private static string Line(string prefix, WorkerIsolation isolation, int workers, string paths, string options) =>
        $"{(prefix.Length == 0 ? "exec" : prefix)} '{s_path}' {(isolation == WorkerIsolation.Processes ? "processes" : "threads")}{(options.Length == 0 ? "" : ",")}{options} {workers} {paths}";
}
