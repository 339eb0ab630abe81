using Multitasking.Copying;

namespace Mtcopy.Tests.Running;

/// <summary>A folder for one test, in which the command is run. At the end nothing that the test started may be left.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _mark = Guid.NewGuid().ToString("N");

    /// <param name="inMemory">For tests with so many files that a disk would take long; it is one where there is nothing else.</param>
    public Workspace(bool inMemory = false)
    {
        Folder = Path.Combine(inMemory && Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"mtcopy-test-{_mark}");
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    /// <summary>Runs a line of bash that has to succeed, in the folder.</summary>
    public string Bash(string script) => Shell.Run(Folder, script);

    /// <summary>Runs the command with these arguments to its end.</summary>
    public CommandResult Mtcopy(params FilePath[] arguments) => MtcopyIn($"exec {TestedProgram.Quoted} {ShellQuoting.Quote(arguments)}");

    /// <summary>Runs a line of bash that runs the command, whose way to call it is <c>$MTCOPY</c>.</summary>
    public CommandResult MtcopyIn(string script)
    {
        using RunningCommand command = Start(script);
        CommandResult result = command.WaitForExit();
        AssertNothingRuns();
        return result;
    }

    /// <summary>Starts the command with these arguments; the process is the command itself.</summary>
    public RunningCommand StartMtcopy(params FilePath[] arguments) =>
        // A test run in the background has SIGINT ignored, and so would the command have.
        Start($"exec env --default-signal=INT,TERM,HUP {TestedProgram.Quoted} {ShellQuoting.Quote(arguments)}");

    /// <summary>Starts the command as the leader of a process group of its own, as a shell on a terminal does.</summary>
    public RunningCommand StartInGroup(params FilePath[] arguments) =>
        Start($"exec setsid env --default-signal=INT,TERM,HUP {TestedProgram.Quoted} {ShellQuoting.Quote(arguments)}");

    public RunningCommand Start(string script) => new(Shell.Start(Folder, script, new Dictionary<string, string?>
    {
        ["MTCOPY"] = TestedProgram.Path,
        [MarkedProcesses.Variable] = _mark,
    }));

    /// <summary>Processes of this test that still run, workers included.</summary>
    public IReadOnlyList<int> Running() => MarkedProcesses.Of(_mark);

    /// <summary>Asserts that no process of this test is left. A worker may take a moment to notice that its parent was killed.</summary>
    public void AssertNothingRuns() => Until.True(() => Running().Count == 0, () => $"left: {string.Join(", ", Running())}", TimeSpan.FromSeconds(2));

    public void Dispose()
    {
        AssertNothingRuns();
        Shell.Run("/", $"chmod -R u+rwx {ShellQuoting.Quote(Folder)}; rm -rf {ShellQuoting.Quote(Folder)}");
    }
}
