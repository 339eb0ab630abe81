using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Xunit;

namespace Multitasking.Contracts;

/// <summary>
/// A program of its own that has children, so that its end can be tested: <c>Multitasking.TestWorker</c> in one of its scenarios.
/// </summary>
public sealed partial class OtherParent : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _temporaryFolder;
    private readonly List<string> _lines = [];
    private readonly Task _output;
    private readonly Task<string> _errors;

    private OtherParent(Process process)
    {
        _process = process;
        _temporaryFolder = TestMark.OfTest?.TemporaryFolder ?? Path.GetTempPath();
        Identity = ProcessIdentity.Of(process.Id);
        _output = ReadLinesAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its process.</summary>
    public ProcessIdentity Identity { get; }

    /// <summary>What it and its children have printed so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Starts the program in a scenario.</summary>
    public static OtherParent Start(string scenario, params IEnumerable<string> arguments) => StartCopy(AppContext.BaseDirectory, scenario, arguments);

    /// <summary>Starts the program of another folder.</summary>
    public static OtherParent StartCopy(string folder, string scenario, params IEnumerable<string> arguments) => Start(Program(folder, scenario, arguments));

    /// <summary>Starts the program with one more variable in its environment.</summary>
    public static OtherParent StartWith(string variable, string value, string scenario, params IEnumerable<string> arguments)
    {
        var program = Program(AppContext.BaseDirectory, scenario, arguments);
        program.Environment[variable] = value;
        return Start(program);
    }

    /// <summary>
    /// Starts the program under <c>strace</c>, where calls of its own and its children's fail (strace(1), <c>inject</c>).
    /// </summary>
    public static OtherParent StartWithFaults(string faults, string scenario, params IEnumerable<string> arguments) =>
        StartTraced(["-o", "/dev/null", "-e", $"trace={faults[..faults.IndexOf(':')]}", "-e", $"inject={faults}"], scenario, arguments);

    /// <summary>Starts the program under <c>strace</c>, which writes the calls of its own and its children's into a file.</summary>
    public static OtherParent StartTraced(string file, string calls, string scenario, params IEnumerable<string> arguments) =>
        StartTraced(["-o", file, "-e", $"trace={calls}"], scenario, arguments);

    private static OtherParent StartTraced(IEnumerable<string> options, string scenario, IEnumerable<string> arguments) =>
        StartBy("strace", ["-f", "-qq", "--seccomp-bpf", .. options], [scenario, .. arguments]);

    /// <summary>
    /// Starts the program as a terminal does: beside <c>nohup</c> or <c>&amp;</c> it would inherit that some signals are ignored.
    /// </summary>
    public static OtherParent StartHearingSignals(string scenario, params IEnumerable<string> arguments) =>
        StartBy("env", ["--default-signal=HUP,INT,QUIT,TERM"], [scenario, .. arguments]);

    /// <summary>Starts the program by another one, which runs what its last arguments name.</summary>
    public static OtherParent StartBy(string launcher, IEnumerable<string> options, IEnumerable<string> scenario)
    {
        Needs.Program(launcher);
        var program = Program(AppContext.BaseDirectory, "", []);
        program.ArgumentList.Clear();
        foreach (string argument in (string[])[.. options, program.FileName, .. scenario])
            program.ArgumentList.Add(argument);
        program.FileName = launcher;
        return Start(program);
    }

    /// <summary>Starts the program on a terminal of its own, which <c>script</c> makes; lines come without their carriage return.</summary>
    public static OtherParent StartOnTerminal(string scenario)
    {
        var program = Program(AppContext.BaseDirectory, scenario, []);
        (program.FileName, string path) = ("script", program.FileName);
        program.ArgumentList.Clear();
        foreach (string argument in (string[])["--quiet", "--return", "--command", $"'{path}' {scenario}", "/dev/null"])
            program.ArgumentList.Add(argument);
        // Nothing but lines.
        program.Environment["TERM"] = "dumb";
        return Start(program);
    }

    private static OtherParent Start(ProcessStartInfo program)
    {
        foreach ((string name, string value) in TestMark.OfTest?.Variables ?? new Dictionary<string, string>())
            program.Environment[name] = value;
        return new OtherParent(Process.Start(program)!);
    }

    private static ProcessStartInfo Program(string folder, string scenario, IEnumerable<string> arguments) =>
        new(Path.Combine(folder, "Multitasking.TestWorker"), [scenario, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    /// <summary>Completes when it or a child has printed the line.</summary>
    public Task SaysAsync(string line) =>
        Until.TrueAsync(() => Lines.Contains(line), what: $"Its output \"{string.Join(" | ", Lines)}\" with the line \"{line}\"");

    /// <summary>Its children and theirs, once so many have said that they are there; some may have ended since.</summary>
    public async Task<IReadOnlyList<ProcessIdentity>> ChildrenAsync(int count)
    {
        await Until.TrueAsync(() => Here().Count() >= count, what: $"Its output \"{string.Join(" | ", Lines)}\" with {count} children");
        return [.. Here().Select(static id => ProcessIdentity.Find(id) ?? ProcessIdentity.Ended(id))];
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(int signal) => Signal(Identity, signal);

    /// <summary>Sends a process a signal.</summary>
    public static void Signal(ProcessIdentity process, int signal) => Assert.Equal(0, SendSignal(process.Id, signal));

    /// <summary>Sends the line that a scenario waits for.</summary>
    public Task GoOnAsync() => HearsAsync("go on");

    /// <summary>Writes a line to its standard input.</summary>
    public async Task HearsAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends its standard input.</summary>
    public void HearsNoMore() => _process.StandardInput.Close();

    /// <summary>Waits for its end, but not for that of its children.</summary>
    /// <returns>The exit code, or 128 and the signal's number, as a shell gives it.</returns>
    public async Task<int> ExitAsync()
    {
        await Until.TrueAsync(() => _process.HasExited);
        return _process.ExitCode;
    }

    /// <summary>Waits until it and all who share its output have ended.</summary>
    /// <returns>What they printed.</returns>
    public async Task<IReadOnlyList<string>> OutputAsync()
    {
        await _output.WaitAsync(Until.Limit);
        return Lines;
    }

    /// <summary>Waits until it and all who share its standard error have ended.</summary>
    public Task<string> ErrorsAsync() => _errors.WaitAsync(Until.Limit);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await ExitAsync();
        RemoveDiagnosticFiles();
        // Children that a failed test left alive keep the streams open; the test ends them afterwards.
        await Task.WhenAny(Task.WhenAll(_output, _errors), Task.Delay(TimeSpan.FromSeconds(2)));
        _process.StandardInput.Dispose();
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }

    /// <summary>The runtime leaves them when it is killed. This program is no child of the library's, so they are nobody's fault.</summary>
    private void RemoveDiagnosticFiles()
    {
        foreach (string file in Directory.EnumerateFiles(_temporaryFolder, $"*-{Identity.Id}-*"))
            File.Delete(file);
    }

    private IEnumerable<int> Here() =>
        from line in Lines
        where line.StartsWith("here ", StringComparison.Ordinal)
        select int.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);

    private async Task ReadLinesAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            lock (_lines)
                _lines.Add(line.TrimEnd('\r'));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
