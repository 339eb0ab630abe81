using Multitasking.Contracts;
using Multitasking.Fuse;

namespace Multitasking.Programs.Tests.Life;

/// <summary>
/// Children that wait for a file system that does not answer, each ended in another way: all at the same time, for each way takes as long
/// as the library waits for such a child.
/// </summary>
public sealed class StuckChildren : IAsyncLifetime
{
    private FuseMount? _mount;
    private string? _missing;

    /// <summary>What came of a call whose time limit passed.</summary>
    internal Exception? Limited { get; private set; }

    /// <summary>What came of a call that was cancelled.</summary>
    internal Exception? Cancelled { get; private set; }

    /// <summary>The process that was killed.</summary>
    internal ChildProcess? Killed { get; private set; }

    /// <summary>What was known of <see cref="Killed"/> when <see cref="Worker.Join()"/> had returned.</summary>
    internal (bool IsAlive, bool HasJoined, int? ExitCode, Exception? Exception, bool IsActive) AfterKill { get; private set; }

    /// <summary>The group that was terminated.</summary>
    internal ProcessGroup Group { get; } = new();

    /// <summary>The exit codes of programs with such children.</summary>
    internal Dictionary<string, int> Programs { get; } = [];

    public async ValueTask InitializeAsync()
    {
        _missing = FuseMount.Missing;
        if (_missing is not null)
            return;
        _mount = await FuseMount.StartAsync();
        await _mount.HoldAsync(FuseOperation.Read);
        using var source = new CancellationTokenSource();
        string limitedFile = NewFile("limited"), cancelledFile = NewFile("cancelled");
        var limited = Record.ExceptionAsync(() => ChildProcess.RunAsync(() => File.ReadAllText(limitedFile), TimeSpan.FromSeconds(5))).AsTask();
        var token = source.Token;
        var cancelled = Record.ExceptionAsync(() => ChildProcess.RunAsync(() => File.ReadAllText(cancelledFile), cancellationToken: token)).AsTask();
        Killed = new ChildProcess(Read, args: [NewFile("killed")]);
        Killed.Start();
        var member = new ChildProcess(Read, args: [NewFile("member")], group: Group);
        member.Start();
        foreach (string name in (string[])["limited", "cancelled", "killed", "member"])
            await _mount.HeldAsync(FuseOperation.Read, name);
        var programs = Task.WhenAll(RunAsync("exits-with-stuck-daemon"), RunAsync("returns-with-killed-stuck-child"));
        await source.CancelAsync();
        Killed.Kill();
        Group.Terminate();
        await Task.Run(Killed.Join).WaitAsync(Until.Limit);
        AfterKill = (Killed.IsAlive, Killed.Join(TimeSpan.Zero), Killed.ExitCode, Killed.Exception, ChildProcess.ActiveChildren.Contains(Killed));
        await Group.JoinAsync().WaitAsync(Until.Limit);
        Limited = await limited.WaitAsync(Until.Limit);
        Cancelled = await cancelled.WaitAsync(Until.Limit);
        await programs;
        await _mount.ReleaseAsync();
        await Until.TrueAsync(static () => ChildProcess.ActiveChildren.Count == 0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_mount is not null)
            await _mount.DisposeAsync();
    }

    internal void SkipWhereNoneCanBe() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    private async Task RunAsync(string scenario)
    {
        await using var parent = OtherParent.Start(scenario, NewFile(scenario));
        await _mount!.HeldAsync(FuseOperation.Read, scenario);
        await parent.GoOnAsync();
        Programs[scenario] = await parent.ExitAsync();
    }

    private string NewFile(string name)
    {
        string path = _mount!.Path(name);
        File.WriteAllText(path, "contents");
        return path;
    }

    private static void Read(string file) => File.ReadAllText(file);
}
