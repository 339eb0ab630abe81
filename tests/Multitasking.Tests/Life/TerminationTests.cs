using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>An end by request: asked first, then SIGTERM, then SIGKILL.</summary>
[Collection(nameof(Alone))]
public sealed class TerminationTests : WorkerTest
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Target_without_token_is_ended_by_sigterm()
    {
        var child = await StartedAsync(SleepAfter, s_long);
        child.Terminate();
        Assert.Equal(-Constants.SIGTERM, await EndAsync(child));
    }

    [Fact]
    public async Task End_by_request_is_no_failure()
    {
        var child = await StartedAsync(SleepAfter, s_long);
        child.Terminate();
        await EndAsync(child);
        Assert.Null(child.Exception);
    }

    [Fact]
    public async Task Target_that_spins_is_ended_by_sigterm()
    {
        var child = await StartedAsync(SpinAfter, s_long);
        child.Terminate();
        Assert.Equal(-Constants.SIGTERM, await EndAsync(child));
    }

    [Fact]
    public async Task Token_of_the_target_is_cancelled_before_any_signal()
    {
        string said = FileNamed("said");
        var child = await StartedAsync(WriteWhenAsked, s_long, said);
        child.Terminate();
        Assert.Equal(0, await EndAsync(child));
        Assert.Equal("asked", await File.ReadAllTextAsync(said, Cancelled));
    }

    [Fact]
    public async Task Target_that_gives_way_to_its_token_ends_as_by_sigterm_and_without_failure()
    {
        var child = await StartedAsync(ThrowWhenAsked, s_long);
        child.Terminate();
        Assert.Equal(-Constants.SIGTERM, await EndAsync(child));
        Assert.Null(child.Exception);
    }

    [Fact]
    public async Task Async_target_that_gives_way_to_its_token_ends_as_by_sigterm()
    {
        var child = await StartedAsync(DelayAfterAsync, s_long);
        child.Terminate();
        Assert.Equal(-Constants.SIGTERM, await EndAsync(child));
    }

    [Fact]
    public async Task Target_that_ignores_its_token_is_killed_after_the_grace()
    {
        var child = await StartedAsync(IgnoreToken, s_short);
        child.Terminate();
        Assert.Equal(-Constants.SIGKILL, await EndAsync(child));
    }

    [Fact]
    public async Task Target_that_ignores_sigterm_is_killed_after_the_grace()
    {
        var child = await StartedAsync(IgnoreSigterm, s_short);
        child.Terminate();
        Assert.Equal(-Constants.SIGKILL, await EndAsync(child));
    }

    [Fact]
    public async Task Stopped_child_is_killed_after_the_grace()
    {
        const int SIGSTOP = 19;
        var child = await StartedAsync(SleepAfter, s_short);
        Assert.Equal(0, LibC.SendSignal(child.Id!.Value, SIGSTOP));
        child.Terminate();
        Assert.Equal(-Constants.SIGKILL, await EndAsync(child));
    }

    [Fact]
    public async Task Sigterm_from_outside_asks_a_target_that_holds_a_token()
    {
        string said = FileNamed("said");
        var child = await StartedAsync(WriteWhenAsked, s_long, said);
        Assert.Equal(0, LibC.SendSignal(child.Id!.Value, Constants.SIGTERM));
        Assert.Equal(0, await EndAsync(child));
        Assert.Equal("asked", await File.ReadAllTextAsync(said, Cancelled));
    }

    [Fact]
    public async Task Cancelled_token_of_the_parent_reaches_the_target_without_a_signal()
    {
        using var source = new CancellationTokenSource();
        var gate = NewGate();
        string said = FileNamed("said");
        var child = new ChildProcess(WriteWhenAsked, args: [gate, said, source.Token]);
        child.Start();
        await gate.PassAsync();
        await source.CancelAsync();
        Assert.Equal(0, await EndAsync(child));
        Assert.Equal("asked", await File.ReadAllTextAsync(said, Cancelled));
    }

    [Fact]
    public async Task Token_that_was_cancelled_before_the_start_is_cancelled_in_the_target()
    {
        string said = FileNamed("said");
        var child = new ChildProcess(WriteWhenAsked, args: [NewGate(), said, new CancellationToken(canceled: true)]);
        child.Start();
        Assert.Equal(0, await EndAsync(child));
        Assert.Equal("asked", await File.ReadAllTextAsync(said, Cancelled));
    }

    [Fact]
    public async Task Terminate_again_changes_nothing()
    {
        var child = await StartedAsync(SleepAfter, s_long);
        child.Terminate();
        child.Terminate();
        Assert.Equal(-Constants.SIGTERM, await EndAsync(child));
        child.Terminate();
        child.Kill();
        Assert.Equal(-Constants.SIGTERM, child.ExitCode);
    }

    [Fact]
    public async Task Terminate_right_after_start_ends_it()
    {
        var child = new ChildProcess(SleepAfter, args: [NewGate()]);
        child.Start();
        child.Terminate();
        Assert.Contains(await EndAsync(child), (int?[])[-Constants.SIGTERM, -Constants.SIGKILL]);
    }

    [Fact]
    public async Task Kill_ends_it_at_once_by_sigkill()
    {
        var child = await StartedAsync(IgnoreSigterm, s_long);
        child.Kill();
        Assert.Equal(-Constants.SIGKILL, await EndAsync(child));
        Assert.Null(child.Exception);
    }

    [Fact]
    public async Task Kill_does_not_wait_for_the_grace_of_terminate()
    {
        var child = await StartedAsync(IgnoreToken, s_long);
        child.Terminate();
        child.Kill();
        Assert.Equal(-Constants.SIGKILL, await EndAsync(child));
    }

    [Fact]
    public void Terminate_and_kill_before_start_are_refused()
    {
        var child = new ChildProcess(static () => { }, name: "dancer");
        Assert.Contains("dancer was not started", Assert.Throws<InvalidOperationException>(child.Terminate).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(child.Kill);
    }

    [Fact]
    public void Terminate_and_kill_on_itself_are_refused()
    {
        Assert.Contains("the process that calls", Assert.Throws<InvalidOperationException>(ChildProcess.Current.Terminate).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(ChildProcess.Current.Kill);
    }

    [Fact]
    public void Grace_is_refused_after_start_and_when_it_is_none()
    {
        var child = new ChildProcess(static () => { });
        Assert.Throws<ArgumentOutOfRangeException>(() => child.TerminationGrace = TimeSpan.FromMilliseconds(-1));
        child.Start();
        Assert.Throws<InvalidOperationException>(() => child.TerminationGrace = s_short);
        child.Join();
    }

    [Fact]
    public async Task Termination_ends_grandchildren_too()
    {
        var child = new ChildProcess(StartGrandchild, args: [NewGate(), FileNamed("id")]);
        child.Start();
        await Until.TrueAsync(() => File.Exists(FileNamed("id")));
        var grandchild = ProcessIdentity.Of(int.Parse(await File.ReadAllTextAsync(FileNamed("id"), Cancelled), System.Globalization.CultureInfo.InvariantCulture));
        child.Terminate();
        await EndAsync(child);
        await Until.TrueAsync(() => !grandchild.IsAlive);
    }

    /// <summary>Starts a child that opens the gate it gets when its target has begun.</summary>
    private async Task<ChildProcess> StartedAsync(Delegate target, TimeSpan grace, params object?[] more)
    {
        var gate = NewGate();
        var child = new ChildProcess(target, args: [gate, .. more]) { TerminationGrace = grace };
        child.Start();
        await gate.PassAsync();
        return child;
    }

    private static async Task<int?> EndAsync(ChildProcess child)
    {
        await child.JoinAsync(Cancelled).WaitAsync(Until.Limit, Cancelled);
        return child.ExitCode;
    }

    private static void SleepAfter(Gate begun)
    {
        begun.Open();
        Thread.Sleep(Timeout.Infinite);
    }

    private static void SpinAfter(Gate begun)
    {
        begun.Open();
        while (true)
        {
        }
    }

    private static async Task DelayAfterAsync(Gate begun, CancellationToken cancellationToken)
    {
        begun.Open();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static void WriteWhenAsked(Gate begun, string file, CancellationToken cancellationToken)
    {
        begun.Open();
        cancellationToken.WaitHandle.WaitOne();
        File.WriteAllText(file, "asked");
    }

    private static void ThrowWhenAsked(Gate begun, CancellationToken cancellationToken)
    {
        begun.Open();
        cancellationToken.WaitHandle.WaitOne();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static void IgnoreToken(Gate begun, CancellationToken cancellationToken)
    {
        _ = cancellationToken.IsCancellationRequested;
        SleepAfter(begun);
    }

    private static void IgnoreSigterm(Gate begun)
    {
        _ = LibC.SetSignalDisposition(Constants.SIGTERM, Constants.SIG_IGN);
        SleepAfter(begun);
    }

    private static void StartGrandchild(Gate gate, string file)
    {
        var grandchild = new ChildProcess(SleepAfter, args: [gate]);
        grandchild.Start();
        string whole = $"{file}.part";
        File.WriteAllText(whole, $"{grandchild.Id}");
        File.Move(whole, file);
        grandchild.Join();
    }
}
