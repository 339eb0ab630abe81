using System.Diagnostics;
using System.Text;

namespace Mtcopy.Tests.Running;

/// <summary>Runs a line of bash in a folder.</summary>
internal static class Shell
{
    /// <summary>Far above what any test needs; reached only when something hangs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Process Start(string folder, string script, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Latin-1 keeps every byte apart.
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs to the end, which has to be a success, and gives what it printed, a character for each byte.</summary>
    public static string Run(string folder, string script)
    {
        using Process process = Start(folder, script);
        // A process that is disposed leaves the streams that were asked for to the collector.
        using StreamReader outputs = process.StandardOutput, errors = process.StandardError;
        Task<string> error = errors.ReadToEndAsync();
        string output = outputs.ReadToEnd();
        Assert.True(process.WaitForExit(Limit), $"still running: {script}");
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode} of {script}\n{output}\n{error.Result}");
        return output;
    }
}
