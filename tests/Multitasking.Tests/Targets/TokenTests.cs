using Multitasking.Contracts;
using Xunit;

namespace Multitasking.Tests.Targets;

public sealed class TokenTests
{
    [Fact]
    public async Task A_token_that_was_not_given_is_triggered_by_Terminate()
    {
        var reports = new Reports<string>();
        var child = new ChildProcess(WaitFor, args: [reports]);
        child.Start();
        await reports.UntilAsync("waiting");

        child.Terminate();
        await child.JoinAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["waiting", "asked to stop"], reports.Seen);
        Assert.Equal(0, child.ExitCode);
    }

    [Fact]
    public async Task A_token_that_was_given_is_the_same_one_on_both_sides()
    {
        var reports = new Reports<string>();
        using var source = new CancellationTokenSource();
        var child = new ChildProcess(WaitFor, args: [reports, source.Token]);
        child.Start();
        await reports.UntilAsync("waiting");

        await source.CancelAsync();
        await child.JoinAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["waiting", "asked to stop"], reports.Seen);
    }

    [Fact]
    public async Task Captured_tokens_stay_apart_and_equal_ones_together()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        await first.CancelAsync();
        (var one, var same, var other, var none) = (first.Token, first.Token, second.Token, CancellationToken.None);

        var seen = await InChild.RunAsync(() =>
        {
            one.WaitHandle.WaitOne();
            return (same.IsCancellationRequested, one == same, other.IsCancellationRequested, none.CanBeCanceled);
        });

        Assert.Equal((true, true, false, false), seen);
    }

    [Fact]
    public async Task A_token_that_was_cancelled_before_is_cancelled_when_the_target_begins()
    {
        using var source = new CancellationTokenSource();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(source.Token);
        await source.CancelAsync();
        var holder = new Holder(linked.Token);
        var cancelled = new CancellationToken(true);
        using var other = new CancellationTokenSource();
        var live = other.Token;

        for (int i = 0; i < Rounds.Of(20); i++)
            Assert.Equal(
                (true, true, false),
                await InChild.RunAsync(() => (holder.Token.IsCancellationRequested, cancelled.IsCancellationRequested, live.IsCancellationRequested)));
    }

    [Fact]
    public async Task A_token_as_argument_that_was_cancelled_before_is_cancelled_when_the_target_begins()
    {
        var reports = new Reports<bool>();
        var child = new ChildProcess(TellState, args: [reports, new CancellationToken(true)]);
        child.Start();
        await child.JoinAsync(TestContext.Current.CancellationToken);

        Assert.Equal([true], reports.Seen);
    }

    [Fact]
    public async Task What_is_reported_arrives_in_order_and_before_the_answer()
    {
        var reports = new Reports<int>();
        var progress = reports.Original;

        int last = await InChild.RunAsync(() =>
        {
            for (int i = 0; i < 5000; i++)
                progress.Report(i);
            return 5000;
        });

        Assert.Equal(Enumerable.Range(0, last), reports.Seen);
    }

    private static void TellState(IProgress<bool> progress, CancellationToken token) => progress.Report(token.IsCancellationRequested);

    private sealed record Holder(CancellationToken Token);

    private static void WaitFor(IProgress<string> progress, CancellationToken stop)
    {
        progress.Report("waiting");
        stop.WaitHandle.WaitOne();
        progress.Report("asked to stop");
    }
}
