using System.Diagnostics;
using System.Text;

namespace Multitasking.Copying.Tests.Support;

/// <summary>Runs a line of bash in a folder.</summary>
internal static class Shell
{
    /// <summary>Far above what any test needs; reached only when something hangs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Process Start(string folder, string script)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"set -e; {script}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Latin-1 keeps every byte apart.
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        return Process.Start(start)!;
    }

    /// <summary>Runs to the end, which has to be a success, and gives what it printed, a character for each byte.</summary>
    public static string Run(string folder, string script)
    {
        (int exitCode, string output) = TryRun(folder, script);
        Assert.True(exitCode == 0, $"exit code {exitCode} of {script}\n{output}");
        return output;
    }

    public static (int ExitCode, string Output) TryRun(string folder, string script)
    {
        using Process process = Start(folder, script);
        // A process that is disposed leaves the streams that were asked for to the collector.
        using StreamReader outputs = process.StandardOutput, errors = process.StandardError;
        Task<string> error = errors.ReadToEndAsync();
        string output = outputs.ReadToEnd();
        Assert.True(process.WaitForExit(Limit), $"still running: {script}");
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>A word of any bytes: .NET can give a process only arguments that are UTF-8.</summary>
    public static string Quote(FilePath word)
    {
        var quoted = new StringBuilder("$'");
        foreach (byte b in word.Bytes)
            quoted.Append("\\x").Append(b.ToString("x2"));
        return quoted.Append('\'').ToString();
    }
}
