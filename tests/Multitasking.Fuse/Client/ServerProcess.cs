using System.Diagnostics;
using Multitasking.Fuse.Serving;

namespace Multitasking.Fuse.Client;

/// <summary>The process of a server, and the lines to and from it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly Task<string> _errors;
    private readonly Task _output;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _answersTaken;

    private ServerProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        _errors = process.StandardError.ReadToEndAsync();
        _output = ReadLinesAsync();
    }

    internal int Id { get; }

    internal static ServerProcess Start(string folder, FuseKind kind)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Multitasking.Fuse"), [folder, kind.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A killed runtime would leave the files of its diagnostics.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>Completes when it has mounted.</summary>
    /// <returns>Why it cannot, or null.</returns>
    internal async Task<string?> MountedAsync()
    {
        await WaitAsync(static lines => lines.Contains("mounted"));
        return HasEnded ? await _errors : null;
    }

    /// <summary>Gives a command, and waits until it is obeyed.</summary>
    internal async Task CommandAsync(string line)
    {
        int answer = ++_answersTaken;
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        await WaitAsync(lines => lines.Count(static one => one == Commands.Done) >= answer);
        if (HasEnded)
            throw new InvalidOperationException($"The file system's server ended: {await _errors}");
    }

    /// <summary>Waits until one of its lines is so.</summary>
    internal async Task<string> LineAsync(Predicate<string> isIt)
    {
        string? line = null;
        await WaitAsync(lines => (line = lines.Find(isIt)) is not null);
        return line ?? throw new InvalidOperationException($"The file system's server ended: {await _errors}");
    }

    /// <summary>Ends it as SIGKILL does.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>Ends it, by force where the end of its input does not.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        await Task.WhenAll(_output, _errors);
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }

    private bool HasEnded => _output.IsCompleted;

    /// <summary>Waits until its lines are so, or there will be no more.</summary>
    private async Task WaitAsync(Predicate<List<string>> condition)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition(_lines))
                    return;
                changed = _changed.Task;
            }
            if (HasEnded)
                return;
            await Task.WhenAny(changed, _output).WaitAsync(s_limit);
        }
    }

    private async Task ReadLinesAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            TaskCompletionSource changed;
            lock (_lock)
            {
                _lines.Add(line);
                changed = _changed;
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            changed.SetResult();
        }
    }
}
