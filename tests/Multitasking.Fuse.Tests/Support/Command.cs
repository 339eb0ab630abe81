using System.Diagnostics;
using Xunit;

namespace Multitasking.Fuse.Tests.Support;

/// <summary>A line of bash, in a process that a test can lose.</summary>
internal sealed class Command : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private Command(string script)
    {
        _process = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    internal int Id => _process.Id;

    internal bool HasEnded => _process.HasExited;

    internal static Command Start(string script) => new(script);

    /// <summary>Runs it to its end, which has to be a success.</summary>
    internal static async Task<string> RunAsync(string script)
    {
        using Command command = Start($"set -e; {script}");
        (int exitCode, string output) = await command.EndAsync();
        Assert.True(exitCode == 0, output);
        return output;
    }

    internal async Task<(int ExitCode, string Output)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_limit);
        return (_process.ExitCode, await _output + await _errors);
    }

    internal void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }
}
