using Xunit;

namespace Multitasking.Contracts;

// Cancellation and time limits.
public abstract partial class PoolContract
{
    [Fact(Timeout = Limit)]
    public async Task Token_that_is_cancelled_already_keeps_the_target_from_running()
    {
        string file = FileNamed("ran");
        await using var pool = CreateWith(1);
        var task = pool.RunAsync(PoolTargets.Note, file, "ran", new CancellationToken(canceled: true));
        Assert.True(task.IsCanceled);
        Assert.False(File.Exists(file));
    }

    [Fact(Timeout = Limit)]
    public async Task Task_that_waits_is_dropped_when_it_is_cancelled()
    {
        string file = FileNamed("ran");
        var gate = NewGate();
        using var source = new CancellationTokenSource();
        await using var pool = CreateWith(1);
        var busy = pool.RunAsync(gate.PassAsync, Cancelled);
        var waiting = pool.RunAsync(PoolTargets.NoteAsync, file, "ran", source.Token);
        await source.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Until.Limit, Cancelled));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(1, pool.Pending);
        gate.Open();
        await busy;
        await pool.RunAsync(PoolTargets.Square, 1, Cancelled);
        Assert.False(File.Exists(file));
    }

    [Fact(Timeout = Limit)]
    public async Task Task_that_waits_is_cancelled_without_its_neighbours()
    {
        var gate = NewGate();
        using var source = new CancellationTokenSource();
        await using var pool = CreateWith(1);
        var busy = pool.RunAsync(gate.PassAsync, Cancelled);
        var before = pool.RunAsync(PoolTargets.SquareAsync, 2, Cancelled);
        var waiting = pool.RunAsync(PoolTargets.SquareAsync, 3, source.Token);
        var behind = pool.RunAsync(PoolTargets.SquareAsync, 4, Cancelled);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Open();
        await busy;
        Assert.Equal((4, 16), (await before, await behind));
    }

    [Fact(Timeout = Limit)]
    public async Task Token_that_was_cancelled_before_the_call_is_cancelled_when_the_target_begins()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var captured = source.Token;
        await using var pool = CreateWith(1);
        for (int i = 0; i < Rounds.Of(200); i++)
        {
            Assert.True(await pool.RunAsync(PoolTargets.IsCancelled, new CancellationToken(canceled: true), Cancelled));
            Assert.True(await pool.RunAsync(() => captured.IsCancellationRequested, Cancelled));
            Assert.True(await pool.RunAsync(PoolTargets.IsAnyCancelled, (1, captured), Cancelled));
        }
        bool[] ofMap = await pool.MapAsync([1, 2], _ => captured.IsCancellationRequested, Cancelled);
        Assert.Equal([true, true], ofMap);
    }

    [Fact(Timeout = Limit)]
    public async Task Token_that_is_cancelled_while_the_task_waits_is_cancelled_when_the_target_begins()
    {
        await using var pool = CreateWith(1);
        for (int i = 0; i < Rounds.Of(30); i++)
        {
            var gate = NewGate();
            using var source = new CancellationTokenSource();
            using var other = new CancellationTokenSource();
            (var captured, var live) = (source.Token, other.Token);
            var busy = pool.RunAsync(gate.PassAsync, Cancelled);
            Func<Task<(bool, bool)>> tell = async () => await Task.FromResult((captured.IsCancellationRequested, live.IsCancellationRequested));
            var waiting = Enumerable.Range(0, 20).Select(_ => pool.RunAsync(tell, Cancelled)).ToList();
            await source.CancelAsync();
            gate.Open();
            await busy;
            // The first of them are in a worker's hands already, which hears of it by another way.
            Assert.All(await Task.WhenAll(waiting), static seen => Assert.Equal((true, false), seen));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Token_that_is_cancelled_in_the_middle_of_a_chunk_is_cancelled_when_its_next_item_begins()
    {
        await using var pool = Create(new PoolOptions { Workers = 1, ChunkSize = 4 });
        for (int i = 0; i < Rounds.Of(30); i++)
        {
            var gate = NewGate();
            using var source = new CancellationTokenSource();
            var captured = source.Token;
            var map = pool.MapAsync(
                Enumerable.Range(0, 6),
                async item =>
                {
                    if (item == 0)
                        await gate.PassAsync();
                    return captured.IsCancellationRequested;
                },
                Cancelled);
            await source.CancelAsync();
            gate.Open();
            Assert.DoesNotContain(false, (await map).Skip(1));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Token_none_becomes_the_token_of_the_task()
    {
        string started = FileNamed("started");
        using var source = new CancellationTokenSource();
        await using var pool = Create(new PoolOptions { Workers = 1, TerminationGrace = Until.Limit });
        string before = await pool.RunAsync(PoolTargets.Worker, Cancelled);
        var task = pool.RunAsync(PoolTargets.GiveWayAsync, started, CancellationToken.None, source.Token);
        await Until.TrueAsync(() => File.Exists(started));
        await source.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(source.Token, error.CancellationToken);
        string after = await pool.RunAsync(PoolTargets.Worker, Cancelled);
        if (RunsElsewhere)
            Assert.Equal(before, after);
    }

    [Fact(Timeout = Limit)]
    public async Task Token_that_is_an_argument_reaches_the_target()
    {
        string started = FileNamed("started");
        using var source = new CancellationTokenSource();
        await using var pool = CreateWith(1);
        var task = pool.RunAsync(PoolTargets.GiveWayAsync, started, source.Token, Cancelled);
        await Until.TrueAsync(() => File.Exists(started));
        await source.CancelAsync();
        // The task itself was not cancelled: its target threw.
        var error = await Assert.ThrowsAsync<RemoteException>(() => task);
        Assert.IsType<OperationCanceledException>(error.InnerException, exactMatch: false);
    }

    [Fact(Timeout = Limit)]
    public async Task Answer_of_a_target_that_was_cancelled_and_returned_counts()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await using var pool = Create(new PoolOptions { Workers = 1, TerminationGrace = Until.Limit });
        try
        {
            Assert.Equal(1, await pool.RunAsync(PoolTargets.ReturnWhenAsked, CancellationToken.None, source.Token));
        }
        catch (OperationCanceledException)
        {
            // The cancellation came before the call began.
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Task_that_does_not_give_way_ends_after_the_grace()
    {
        Needs.Engine(CanEndTasks, "it cannot end tasks");
        var gate = NewGate();
        using var source = new CancellationTokenSource();
        await using var pool = CreateWith(1);
        var task = pool.RunAsync(gate.Pass, source.Token);
        var next = pool.RunAsync(PoolTargets.Square, 2, Cancelled);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(4, await next);
        gate.Open();
    }

    [Fact(Timeout = Limit)]
    public async Task Cancellation_after_the_end_changes_nothing()
    {
        using var source = new CancellationTokenSource();
        await using var pool = CreateWith(1);
        var task = pool.RunAsync(PoolTargets.Square, 3, source.Token);
        Assert.Equal(9, await task);
        await source.CancelAsync();
        Assert.Equal(TaskStatus.RanToCompletion, task.Status);
        Assert.Equal(16, await pool.RunAsync(PoolTargets.Square, 4, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task Cancellation_at_any_moment_leaves_a_result_or_a_cancellation()
    {
        var random = new Random(16);
        await using var pool = CreateWith(2);
        var tasks = new List<Task<int>>();
        for (int i = 0; i < Races; i++)
        {
            using var source = new CancellationTokenSource();
            tasks.Add(pool.RunAsync(PoolTargets.Spin, 50, source.Token));
            PoolTargets.Spin(random.Next(100));
            await source.CancelAsync();
        }
        foreach (var task in tasks)
        {
            await ((Task)task).WaitAsync(Until.Limit, Cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.True(task.IsCompletedSuccessfully || task.IsCanceled, $"{task.Status} {task.Exception}");
        }
        Assert.Equal((Races, 0), (pool.Completed, pool.Pending));
        Assert.Equal(4, await pool.RunAsync(PoolTargets.Square, 2, Cancelled));
    }

    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_at_the_moment_of_the_call_is_not_lost(bool isBusy)
    {
        int rounds = Races / 20;
        var gate = NewGate();
        var source = new CancellationTokenSource();
        using var barrier = new Barrier(2);
        var cancelling = Task.Factory.StartNew(
            () =>
            {
                for (int round = 0; round < rounds; round++)
                {
                    Assert.True(barrier.SignalAndWait(Until.Limit));
                    source.Cancel();
                }
            },
            Cancelled,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await using var pool = Create(new PoolOptions { Workers = 1, TerminationGrace = Until.Limit });
        var busy = isBusy ? pool.RunAsync(gate.PassAsync, Cancelled) : Task.CompletedTask;
        for (int round = 0; round < rounds; round++)
        {
            Assert.True(barrier.SignalAndWait(Until.Limit, Cancelled));
            PoolTargets.Spin(round % 8);
            var task = pool.RunAsync(PoolTargets.WaitToBeAskedAsync, CancellationToken.None, source.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(Until.Limit, Cancelled));
            source = new CancellationTokenSource();
        }
        gate.Open();
        await busy;
        await cancelling;
    }

    [Fact(Timeout = Limit)]
    public async Task Task_that_takes_too_long_fails()
    {
        Needs.Engine(CanEndTasks, "it cannot end tasks");
        var gate = NewGate();
        var limit = TimeSpan.FromMilliseconds(100);
        await using var pool = Create(new PoolOptions { Workers = 1, TaskTimeout = limit, TerminationGrace = TimeSpan.FromMilliseconds(20) });
        var error = await Assert.ThrowsAsync<TaskTimeoutException>(() => pool.RunAsync(gate.Pass, Cancelled));
        Assert.Equal((limit, "Gate.Pass"), (error.Timeout, error.Target));
        Assert.Contains("time limit of 0.1 s", error.Message, StringComparison.Ordinal);
        gate.Open();
        Assert.Equal(4, await pool.RunAsync(PoolTargets.Square, 2, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task Task_that_takes_too_long_fails_also_without_any_grace()
    {
        Needs.Engine(CanEndTasks, "it cannot end tasks");
        var gate = NewGate();
        await using var pool = Create(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromMilliseconds(100), TerminationGrace = TimeSpan.Zero });
        await Assert.ThrowsAsync<TaskTimeoutException>(() => pool.RunAsync(gate.PassAsync, Cancelled));
        gate.Open();
    }

    [Fact(Timeout = Limit)]
    public async Task Task_that_gives_way_after_its_time_limit_fails_nevertheless()
    {
        await using var pool = Create(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromMilliseconds(100), TerminationGrace = Until.Limit });
        string before = await pool.RunAsync(PoolTargets.Worker, Cancelled);
        await Assert.ThrowsAsync<TaskTimeoutException>(() => pool.RunAsync(PoolTargets.ReturnWhenAsked, CancellationToken.None, Cancelled));
        string after = await pool.RunAsync(PoolTargets.Worker, Cancelled);
        if (RunsElsewhere)
            Assert.Equal(before, after);
    }

    [Fact(Timeout = Limit)]
    public async Task Time_limit_counts_from_the_beginning_of_each_call()
    {
        await using var pool = Create(new PoolOptions { Workers = 1, TaskTimeout = TimeSpan.FromSeconds(1), ChunkSize = 3 });
        var single = Enumerable.Range(0, 2).Select(_ => pool.RunAsync(PoolTargets.Span, 300, Cancelled)).ToArray();
        Assert.Equal(3, (await pool.MapAsync([300, 300, 300], PoolTargets.Span, Cancelled)).Length);
        await Task.WhenAll(single);
    }

    [Fact(Timeout = Limit)]
    public async Task Item_that_takes_too_long_fails_alone()
    {
        Needs.Engine(CanEndTasks, "it cannot end tasks");
        var gate = NewGate();
        await using var pool = Create(
            new PoolOptions { Workers = 1, ChunkSize = 5, TaskTimeout = TimeSpan.FromMilliseconds(200), TerminationGrace = TimeSpan.FromMilliseconds(20) });
        var results = new List<int>();
        var error = await Assert.ThrowsAsync<TaskTimeoutException>(
            async () =>
            {
                await foreach (int result in pool.MapAsCompletedAsync([0, 1, 2, 3, 4], i => PassAt(gate, i, 2), Cancelled))
                    results.Add(result);
            });
        Assert.Equal(2, error.ItemIndex);
        Assert.Equal([0, 1, 3, 4], results);
        gate.Open();
    }

    /// <summary>Waits at one of the items.</summary>
    internal static int PassAt(Gate gate, int item, int closed)
    {
        if (item == closed)
            gate.Pass();
        return item;
    }
}
