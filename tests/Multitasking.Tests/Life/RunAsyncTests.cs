using System.Globalization;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>One answer from one process, or one exception; the process is gone by then.</summary>
[Collection(nameof(Alone))]
public sealed class RunAsyncTests : WorkerTest
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Answer_comes_from_another_process() =>
        Assert.NotEqual(Environment.ProcessId, await ChildProcess.RunAsync(static () => Environment.ProcessId, cancellationToken: Cancelled));

    [Fact]
    public async Task Process_is_gone_when_the_answer_is_there()
    {
        int id = await ChildProcess.RunAsync(static () => Environment.ProcessId, cancellationToken: Cancelled);
        Assert.DoesNotContain(ProcessIdentity.ChildrenOf(Environment.ProcessId), child => child.Id == id);
    }

    [Fact]
    public async Task Answers_come_although_all_threads_of_the_pool_wait_for_them()
    {
        await using var parent = OtherParent.Start("answers-on-a-full-thread-pool");
        var lines = await parent.OutputAsync();
        Assert.Equal(Environment.ProcessorCount, lines.Count);
        Assert.All(lines, static line => Assert.Equal("an answer", line));
    }

    [Fact]
    public async Task Answer_of_an_async_target_is_the_result_of_its_task() =>
        Assert.Equal(42, await ChildProcess.RunAsync(static async () =>
        {
            await Task.Yield();
            return 42;
        }, cancellationToken: Cancelled));

    [Fact]
    public async Task Target_without_result_completes()
    {
        string said = FileNamed("said");
        await ChildProcess.RunAsync(() => File.WriteAllText(said, "hello"), cancellationToken: Cancelled);
        Assert.Equal("hello", await File.ReadAllTextAsync(said, Cancelled));
    }

    [Fact]
    public async Task Child_of_run_async_is_a_daemon() =>
        Assert.True(await ChildProcess.RunAsync(static () => ChildProcess.Current.IsDaemon, cancellationToken: Cancelled));

    [Fact]
    public async Task What_is_captured_is_copied_before_the_call_returns()
    {
        int number = 1;
        var answer = ChildProcess.RunAsync(() => number, cancellationToken: Cancelled);
        number = 2;
        Assert.Equal(1, await answer);
        Assert.Equal(2, number);
    }

    [Fact]
    public async Task Time_limit_ends_the_process()
    {
        string file = FileNamed("id");
        var error = await Assert.ThrowsAsync<TaskTimeoutException>(
            () => ChildProcess.RunAsync(() => SayIdAndSleep(file), s_short, Cancelled));
        Assert.Equal(s_short, error.Timeout);
        Assert.Contains("0.3 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_limit_names_the_target() =>
        Assert.Contains(nameof(RunAsyncTests), (await Assert.ThrowsAsync<TaskTimeoutException>(
            () => ChildProcess.RunAsync(static () => Thread.Sleep(Timeout.Infinite), s_short, Cancelled))).Target, StringComparison.Ordinal);

    [Fact]
    public async Task Time_limit_of_zero_has_passed_at_once() =>
        await Assert.ThrowsAsync<TaskTimeoutException>(() => ChildProcess.RunAsync(static () => Thread.Sleep(Timeout.Infinite), TimeSpan.Zero, Cancelled));

    [Fact]
    public async Task Time_limit_that_does_not_pass_changes_nothing() =>
        Assert.Equal(42, await ChildProcess.RunAsync(static () => 42, Until.Limit, Cancelled));

    [Fact]
    public async Task Time_limit_ends_a_target_that_ignores_signals() =>
        await Assert.ThrowsAsync<TaskTimeoutException>(() => ChildProcess.RunAsync(
            static () =>
            {
                _ = LibC.SetSignalDisposition(Constants.SIGTERM, Constants.SIG_IGN);
                Thread.Sleep(Timeout.Infinite);
            },
            s_short,
            Cancelled));

    [Fact]
    public async Task Infinite_time_limit_is_none() =>
        Assert.Equal(42, await ChildProcess.RunAsync(static () => 42, Timeout.InfiniteTimeSpan, Cancelled));

    [Fact]
    public void Time_limit_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => { _ = ChildProcess.RunAsync(static () => 42, TimeSpan.FromSeconds(-2), Cancelled); });

    [Fact]
    public async Task Cancellation_ends_the_process()
    {
        string file = FileNamed("id");
        using var source = new CancellationTokenSource();
        var answer = ChildProcess.RunAsync(() => SayIdAndSleep(file), cancellationToken: source.Token);
        var process = await SaidAsync(file);
        await source.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.False(process.IsAlive);
    }

    [Fact]
    public async Task Cancellation_before_the_call_starts_no_process()
    {
        var answer = ChildProcess.RunAsync(static () => 42, cancellationToken: new CancellationToken(canceled: true));
        Assert.True(answer.IsCanceled);
        Assert.Empty(ChildProcess.ActiveChildren);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Cancellation_right_after_the_call_ends_it()
    {
        using var source = new CancellationTokenSource();
        var answer = ChildProcess.RunAsync(static () => Thread.Sleep(Timeout.Infinite), cancellationToken: source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Cancellation_asks_a_target_that_holds_the_token_first()
    {
        string begun = FileNamed("begun"), said = FileNamed("said");
        using var source = new CancellationTokenSource();
        var token = source.Token;
        var answer = ChildProcess.RunAsync(
            () =>
            {
                File.WriteAllText(begun, "");
                token.WaitHandle.WaitOne();
                File.WriteAllText(said, "asked");
                token.ThrowIfCancellationRequested();
            },
            cancellationToken: token);
        await Until.TrueAsync(() => File.Exists(begun));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal("asked", await File.ReadAllTextAsync(said, Cancelled));
    }

    [Fact]
    public async Task Exception_of_the_target_arrives_with_the_childs_trace()
    {
        var error = await Assert.ThrowsAsync<RemoteException>(() => ChildProcess.RunAsync(Fail, cancellationToken: Cancelled));
        Assert.Equal("no music", error.Message);
        Assert.IsType<InvalidDataException>(error.InnerException);
        Assert.Contains($"{nameof(RunAsyncTests)}.{nameof(Fail)}", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_that_kills_itself_is_lost_by_that_signal()
    {
        var error = await Assert.ThrowsAsync<WorkerLostException>(() => ChildProcess.RunAsync(
            static () => _ = LibC.SendSignal(Environment.ProcessId, Constants.SIGKILL), cancellationToken: Cancelled));
        Assert.Equal(-Constants.SIGKILL, error.ExitCode);
        Assert.Contains("SIGKILL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_that_exits_without_an_answer_is_lost_even_with_code_zero()
    {
        var error = await Assert.ThrowsAsync<WorkerLostException>(() => ChildProcess.RunAsync(static () => Environment.Exit(0), cancellationToken: Cancelled));
        Assert.Equal(0, error.ExitCode);
    }

    [Fact]
    public async Task Answer_waits_for_the_non_daemon_workers_of_the_child()
    {
        string said = FileNamed("said");
        int answer = await ChildProcess.RunAsync(
            () =>
            {
                new ChildProcess(() => File.AppendAllText(said, "process ")) { IsDaemon = false }.Start();
                ChildThread.Start(() => File.AppendAllText($"{said}-too", "thread "));
                return 42;
            },
            cancellationToken: Cancelled);
        Assert.Equal(42, answer);
        Assert.Equal("process ", await File.ReadAllTextAsync(said, Cancelled));
        Assert.Equal("thread ", await File.ReadAllTextAsync($"{said}-too", Cancelled));
    }

    private static void Fail() => throw new InvalidDataException("no music");

    private static void SayIdAndSleep(string file)
    {
        File.WriteAllText($"{file}.part", $"{Environment.ProcessId}");
        File.Move($"{file}.part", file);
        Thread.Sleep(Timeout.Infinite);
    }

    private static async Task<ProcessIdentity> SaidAsync(string file)
    {
        await Until.TrueAsync(() => File.Exists(file));
        return ProcessIdentity.Of(int.Parse(await File.ReadAllTextAsync(file, Cancelled), CultureInfo.InvariantCulture));
    }
}
