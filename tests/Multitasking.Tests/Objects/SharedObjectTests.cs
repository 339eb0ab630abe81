using Multitasking.Contracts;
using Multitasking.Synchronization;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Objects;

/// <summary>What the members of a shared object do, called from another process.</summary>
[Collection(nameof(Alone))]
public sealed class SharedObjectTests : WorkerTest
{
    [Fact]
    public async Task An_object_lives_in_a_process_of_its_own()
    {
        var ledger = await StartAsync();
        Assert.NotEqual(Environment.ProcessId, ledger.ProcessId());
        Assert.Equal(SharedObject.ProcessOf(ledger), ledger.ProcessId());
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task Methods_properties_and_indexers_are_called_there()
    {
        var ledger = await StartAsync("books");
        ledger.Add(3);
        ledger.Owner = "Ada";
        ledger["rent"] = 700;
        Assert.Equal(("books", 3, "Ada", 700, 9), (ledger.Label, ledger.Count, ledger.Owner, ledger["rent"], ledger.Add(4, 5)));
        ledger.Owner = null;
        Assert.Null(ledger.Owner);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_method_that_the_interface_implements_is_called_there()
    {
        var ledger = await StartAsync();
        Assert.Equal(14, ledger.Twice(7));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task Arguments_and_results_are_copied()
    {
        var ledger = await StartAsync();
        var entry = new Entry("rent", 700, ["home"]);
        var (text, changed) = ledger.Describe(entry, DayOfWeek.Friday);
        Assert.Equal("rent on Friday", text);
        Assert.Equal(701, changed!.Amount);
        Assert.Equal(["home"], changed.Tags);
        Assert.Equal(("nothing on no day", null), ledger.Describe(null));
        Assert.Equal([1, 4, 9], ledger.Squares([1, 2, 3]));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task Asynchronous_members_of_all_kinds_are_awaited()
    {
        var ledger = await StartAsync();
        await ledger.AddAsync(5);
        await ledger.AddSoonAsync(2);
        Assert.Equal(12, ledger.Count);
        Assert.Equal(6, await ledger.SumAsync([1, 2, 3]));
        Assert.Equal("hello", await ledger.EchoAsync("hello"));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task Large_arguments_and_results_cross()
    {
        var ledger = await StartAsync();
        string text = new('x', 3_000_000);
        Assert.Equal(text, await ledger.EchoAsync(text));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task What_a_member_throws_arrives_as_a_remote_exception()
    {
        var ledger = await StartAsync();
        var thrown = Assert.Throws<RemoteException>(() => ledger.Throw("no"));
        Assert.Equal("no", Assert.IsType<LedgerException>(thrown.InnerException).Message);
        Assert.Equal(SharedObject.ProcessOf(ledger), thrown.ProcessId);
        Assert.Contains("Ledger.Throw", thrown.RemoteStackTrace, StringComparison.Ordinal);
        thrown = await Assert.ThrowsAsync<RemoteException>(() => ledger.ThrowAsync("nor so"));
        Assert.IsType<LedgerException>(thrown.InnerException);
        Assert.Equal(2, ledger.Add(1, 1));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task An_argument_that_cannot_travel_is_refused_with_its_path_and_the_object_goes_on()
    {
        var ledger = await StartAsync();
        var refused = Assert.Throws<TargetNotSupportedException>(() => ledger.Keep(new MemoryStream()));
        Assert.Contains("argument 'value' of ILedger.Keep : MemoryStream", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, ledger.Add(1, 1));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_cancellation_ends_an_asynchronous_member()
    {
        var ledger = await StartAsync();
        using var source = new CancellationTokenSource();
        var waiting = ledger.WaitAsync(FileNamed("never"), source.Token);
        await Until.TrueAsync(() => ledger.Owner is not null);
        await source.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(source.Token, cancelled.CancellationToken);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_cancellation_reaches_a_member_that_blocks()
    {
        var ledger = await StartAsync();
        using var source = new CancellationTokenSource();
        source.CancelAfter(20);
        Assert.Equal(77, ledger.CountUntilCancelled(source.Token));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_token_that_was_cancelled_before_the_call_is_cancelled_when_the_member_begins()
    {
        var ledger = await StartAsync();
        for (int i = 0; i < Rounds.Of(200); i++)
            Assert.True(ledger.IsCancelled(i, new CancellationToken(canceled: true)));
        Assert.False(ledger.IsCancelled(0, Cancelled));
        Assert.False(ledger.IsCancelled(0, CancellationToken.None));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_while_the_call_waits_for_its_turn_is_cancelled_when_the_member_begins()
    {
        var ledger = await StartAsync();
        for (int i = 0; i < Rounds.Of(60); i++)
        {
            using var gate = new ProcessEvent(EventReset.Manual);
            using var source = new CancellationTokenSource();
            var blocks = ledger.BlockAsync(gate);
            var waits = ledger.IsCancelledAsync(source.Token);
            await source.CancelAsync();
            gate.Set();
            Assert.True(await waits);
            await blocks;
        }
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_token_declared_as_object_is_refused()
    {
        var ledger = await StartAsync();
        Assert.Throws<TargetNotSupportedException>(() => ledger.Describe(Cancelled));
        Assert.Equal("5", ledger.Describe(5));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task Asynchronous_members_give_way_to_others_at_their_awaits()
    {
        var ledger = await StartAsync();
        var gate = NewGate();
        var waiting = ledger.WaitAsync(gate.FileName, Cancelled);
        Assert.Equal(2, ledger.Add(1, 1));
        Assert.False(waiting.IsCompleted);
        gate.Open();
        Assert.Equal(1, await waiting);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task Threads_of_one_process_call_at_the_same_time_and_nothing_is_lost()
    {
        var ledger = await StartAsync();
        var threads = Enumerable.Range(0, 6).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 200; i++)
                ledger.Add(1);
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        var tasks = Enumerable.Range(0, 100).Select(_ => ledger.AddAsync(1)).ToList();
        threads.ForEach(static thread => thread.Join());
        await Task.WhenAll(tasks);
        Assert.Equal(1400, ledger.Count);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_proxy_says_what_it_stands_for()
    {
        var ledger = await StartAsync();
        Assert.Equal($"ILedger in process {SharedObject.ProcessOf(ledger)}", ledger.ToString());
        SharedObject.Release(ledger);
    }

    [Fact]
    public void Something_else_than_a_proxy_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SharedObject.Release(new Ledger()));
        Assert.Throws<ArgumentException>(() => SharedObject.ProcessOf("text"));
    }

    private static Task<ILedger> StartAsync(string label = "ledger") => SharedObject.StartAsync<ILedger>(() => new Ledger(label), cancellationToken: Cancelled);
}
