using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Mtcopy.Tests.Running;

/// <summary>A command that runs.</summary>
internal sealed partial class RunningCommand(Process process) : IDisposable
{
    private readonly Task<string> _output = process.StandardOutput.ReadToEndAsync();
    private readonly Task<string> _error = process.StandardError.ReadToEndAsync();

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public void Send(PosixSignal signal) => Send(process.Id, Number(signal));

    /// <summary>Sends it to all processes of the group that this command leads, as a terminal does on Ctrl-C.</summary>
    public void SendToGroup(PosixSignal signal) => Send(-process.Id, Number(signal));

    /// <summary><c>kill -9</c>.</summary>
    public void Kill() => Send(process.Id, 9);

    public CommandResult WaitForExit() => WaitForExit(Shell.Limit);

    public CommandResult WaitForExit(TimeSpan limit)
    {
        Assert.True(process.WaitForExit(limit), $"still running after {limit.TotalSeconds} s");
        return new CommandResult(process.ExitCode, FromUtf8(_output.Result), FromUtf8(_error.Result));
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static string FromUtf8(string latin1) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1));

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGTERM => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    private static void Send(int target, int signal) => Assert.Equal(0, SystemKill(target, signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SystemKill(int target, int signal);
}
