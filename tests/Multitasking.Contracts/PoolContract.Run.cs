using Xunit;

namespace Multitasking.Contracts;

// One call: which targets, how they are written, what comes back.
public abstract partial class PoolContract
{
    [Fact(Timeout = Limit)]
    public async Task RunAsync_calls_functions_with_none_to_four_arguments()
    {
        await using var pool = CreateWith(2);
        Assert.Equal("", await pool.RunAsync(() => PoolTargets.Join(), Cancelled));
        Assert.Equal("1", await pool.RunAsync(a => PoolTargets.Join(a), 1, Cancelled));
        Assert.Equal("1,b", await pool.RunAsync((a, b) => PoolTargets.Join(a, b), 1, "b", Cancelled));
        Assert.Equal("1,b,2.5", await pool.RunAsync((a, b, c) => PoolTargets.Join(a, b, c), 1, "b", 2.5, Cancelled));
        Assert.Equal("1,b,2.5,d", await pool.RunAsync((a, b, c, d) => PoolTargets.Join(a, b, c, d), 1, "b", 2.5, 'd', Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task RunAsync_calls_actions_with_none_to_four_arguments()
    {
        string file = FileNamed("notes");
        await using var pool = CreateWith(1);
        await pool.RunAsync(() => PoolTargets.Note(file, "none"), Cancelled);
        await pool.RunAsync(a => PoolTargets.Note(a, "one"), file, Cancelled);
        await pool.RunAsync(PoolTargets.Note, file, "two", Cancelled);
        await pool.RunAsync((a, b, c) => PoolTargets.Note(a, $"{b}{c}"), file, "three", 3, Cancelled);
        await pool.RunAsync((a, b, c, d) => PoolTargets.Note(a, $"{b}{c}{d}"), file, "four", 4, '!', Cancelled);
        Assert.Equal(["none", "one", "two", "three3", "four4!"], await File.ReadAllLinesAsync(file, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task RunAsync_awaits_functions_with_none_to_four_arguments()
    {
        await using var pool = CreateWith(2);
        Assert.Equal(4, await pool.RunAsync(async () => await PoolTargets.SquareAsync(2), Cancelled));
        Assert.Equal(9, await pool.RunAsync(PoolTargets.SquareAsync, 3, Cancelled));
        Assert.Equal(6, await pool.RunAsync(async (a, b) => await PoolTargets.SquareAsync(a) + b, 2, 2, Cancelled));
        Assert.Equal(7, await pool.RunAsync(async (a, b, c) => await PoolTargets.SquareAsync(a) + b + c, 2, 2, 1, Cancelled));
        Assert.Equal(8, await pool.RunAsync(async (a, b, c, d) => await PoolTargets.SquareAsync(a) + b + c + d, 2, 2, 1, 1, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task RunAsync_awaits_actions_with_none_to_four_arguments()
    {
        string file = FileNamed("notes");
        await using var pool = CreateWith(1);
        await pool.RunAsync(async () => await PoolTargets.NoteAsync(file, "none"), Cancelled);
        await pool.RunAsync(async a => await PoolTargets.NoteAsync(a, "one"), file, Cancelled);
        await pool.RunAsync(PoolTargets.NoteAsync, file, "two", Cancelled);
        await pool.RunAsync(async (a, b, c) => await PoolTargets.NoteAsync(a, $"{b}{c}"), file, "three", 3, Cancelled);
        await pool.RunAsync(async (a, b, c, d) => await PoolTargets.NoteAsync(a, $"{b}{c}{d}"), file, "four", 4, '!', Cancelled);
        Assert.Equal(["none", "one", "two", "three3", "four4!"], await File.ReadAllLinesAsync(file, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task RunAsync_takes_targets_as_they_are_written()
    {
        int captured = 5;
        var gate = NewGate();
        gate.Open();
        await using var pool = CreateWith(1);
        Assert.Equal(49, await pool.RunAsync(x => x * x, 7, Cancelled));
        Assert.Equal(49, await pool.RunAsync(PoolTargets.Square, 7, Cancelled));
        Assert.Equal("7", await pool.RunAsync(x => x.ToString(System.Globalization.CultureInfo.InvariantCulture), 7, Cancelled));
        Assert.Equal(12, await pool.RunAsync(x => x + captured, 7, Cancelled));
        Assert.Equal(8, await pool.RunAsync(static x => Task.FromResult(x + 1), 7, Cancelled));
        await pool.RunAsync(gate.Pass, Cancelled);
        await pool.RunAsync(gate.PassAsync, Cancelled);
        Assert.Equal(9, await pool.RunAsync(Local, 3, Cancelled));

        static int Local(int number) => number * 3;
    }

    [Fact(Timeout = Limit)]
    public async Task RunAsync_brings_back_null()
    {
        await using var pool = CreateWith(1);
        Assert.Null(await pool.RunAsync(static () => (string?)null, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task Value_task_that_nobody_would_await_is_refused()
    {
        await using var pool = CreateWith(1);
        var error = Assert.Throws<TargetNotSupportedException>(() => { _ = pool.RunAsync(static () => new ValueTask<int>(1), Cancelled); });
        Assert.Contains("Make it return Task", error.Message, StringComparison.Ordinal);
        Assert.Throws<TargetNotSupportedException>(() => { _ = pool.RunAsync(static () => default(ValueTask), Cancelled); });
    }

    [Fact(Timeout = Limit)]
    public async Task Combined_target_is_refused()
    {
        await using var pool = CreateWith(1);
        Action both = static () => { };
        both += static () => { };
        Assert.Throws<TargetNotSupportedException>(() => { _ = pool.RunAsync(both, Cancelled); });
        Assert.Equal(0, pool.Pending);
    }

    [Fact(Timeout = Limit)]
    public async Task Null_target_is_refused()
    {
        await using var pool = CreateWith(1);
        Assert.Throws<ArgumentNullException>("target", () => { _ = pool.RunAsync((Action)null!, Cancelled); });
        Assert.Throws<ArgumentNullException>("target", () => { _ = pool.RunAsync((Func<int, Task<int>>)null!, 1, Cancelled); });
    }

    [Fact(Timeout = Limit)]
    public async Task Exception_comes_with_the_original_its_message_and_its_stack()
    {
        await using var pool = CreateWith(1);
        var error = await Assert.ThrowsAsync<RemoteException>(async () => await pool.RunAsync(PoolTargets.ThrowDeep, "the message", Cancelled));
        Assert.Equal("the message", error.Message);
        Assert.Equal(typeof(InvalidOperationException).FullName, error.TypeName);
        Assert.Equal("the message", Assert.IsType<InvalidOperationException>(error.InnerException).Message);
        Assert.Contains(nameof(PoolTargets.ThrowDeep), error.RemoteStackTrace, StringComparison.Ordinal);
        Assert.Contains(nameof(PoolTargets.ThrowDeep), error.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(Exception_comes_with_the_original_its_message_and_its_stack), error.ToString(), StringComparison.Ordinal);
        Assert.Null(error.ItemIndex);
    }

    [Fact(Timeout = Limit)]
    public async Task Exception_after_an_await_comes_alike()
    {
        await using var pool = CreateWith(1);
        var error = await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(PoolTargets.ThrowLaterAsync, "the message", Cancelled));
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Fact(Timeout = Limit)]
    public async Task Exception_that_cannot_tell_its_message_is_told_nevertheless()
    {
        await using var pool = CreateWith(1);
        var error = await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(static () => { throw new SilentException(); }, Cancelled));
        Assert.Equal(typeof(SilentException).FullName, error.TypeName);
        Assert.Equal(4, await pool.RunAsync(PoolTargets.Square, 2, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task Cancellation_that_nobody_asked_for_is_a_failure()
    {
        await using var pool = CreateWith(1);
        var error = await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(PoolTargets.ThrowCancelled, Cancelled));
        Assert.IsType<OperationCanceledException>(error.InnerException);
    }

    [Fact(Timeout = Limit)]
    public async Task Failure_leaves_the_next_task_alone()
    {
        await using var pool = CreateWith(1);
        var bad = pool.RunAsync(PoolTargets.ThrowDeep, "bad", Cancelled);
        var good = pool.RunAsync(PoolTargets.Square, 3, Cancelled);
        Assert.Equal(9, await good);
        await Assert.ThrowsAsync<RemoteException>(() => bad);
    }

    [Fact(Timeout = Limit)]
    public async Task Tasks_run_at_the_same_time()
    {
        Needs.Engine(CanRunSeveral, "it runs one task at a time");
        string one = FileNamed("one"), two = FileNamed("two");
        await using var pool = CreateWith(2);
        var first = pool.RunAsync(PoolTargets.Meet, one, two, Cancelled);
        Assert.True(await pool.RunAsync(PoolTargets.Meet, two, one, Cancelled));
        Assert.True(await first);
    }

    [Fact(Timeout = Limit)]
    public async Task No_more_tasks_run_at_the_same_time_than_there_are_workers()
    {
        await using var pool = CreateWith(2);
        var spans = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => pool.RunAsync(PoolTargets.Span, 5, Cancelled)));
        Assert.All(spans, span => Assert.InRange(spans.Count(other => other.Begun <= span.Begun && span.Begun < other.Ended), 1, 2));
    }

    [Fact(Timeout = Limit)]
    public async Task Tasks_begin_in_the_order_of_their_calls()
    {
        string file = FileNamed("order");
        await using var pool = CreateWith(1);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => pool.RunAsync(PoolTargets.Note, file, $"{i}", Cancelled)));
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), await File.ReadAllLinesAsync(file, Cancelled));
    }

    [Fact(Timeout = Limit)]
    public async Task Many_tasks_from_many_threads_all_end()
    {
        await using var pool = CreateWith(2);
        var sums = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                int[] squares = await Task.WhenAll(Enumerable.Range(0, 250).Select(i => pool.RunAsync(PoolTargets.Square, i, Cancelled)));
                return squares.Sum();
            },
            Cancelled)));
        Assert.All(sums, static sum => Assert.Equal(Enumerable.Range(0, 250).Sum(static i => i * i), sum));
        Assert.Equal((2000, 0), (pool.Completed, pool.Pending));
    }

    [Fact(Timeout = Limit)]
    public async Task Counters_are_right_when_the_answer_is_there()
    {
        await using var pool = CreateWith(1);
        for (int i = 1; i <= 200; i++)
        {
            await pool.RunAsync(PoolTargets.SquareAsync, i, Cancelled);
            Assert.Equal((i, 0), (pool.Completed, pool.Pending));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Pending_counts_what_waits_and_what_runs()
    {
        var gate = NewGate();
        await using var pool = CreateWith(1);
        Task[] tasks = [pool.RunAsync(gate.PassAsync, Cancelled), pool.RunAsync(gate.PassAsync, Cancelled), pool.RunAsync(gate.PassAsync, Cancelled)];
        Assert.Equal((0, 3), (pool.Completed, pool.Pending));
        gate.Open();
        await Task.WhenAll(tasks);
        Assert.Equal((3, 0), (pool.Completed, pool.Pending));
    }

    /// <summary>Throws in everything that one could ask it.</summary>
    internal sealed class SilentException : Exception
    {
        public override string Message => throw new InvalidOperationException("No message.");

        public override string StackTrace => throw new InvalidOperationException("No stack.");

        public override string ToString() => throw new InvalidOperationException("No text.");
    }
}
