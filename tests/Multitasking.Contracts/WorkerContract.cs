using Xunit;

namespace Multitasking.Contracts;

/// <summary>What every <see cref="Worker"/> does, whether it is a process or a thread.</summary>
public abstract class WorkerContract : WorkerTest
{
    /// <summary>What default names begin with.</summary>
    protected abstract string NamePrefix { get; }

    /// <summary>The worker that runs the test.</summary>
    protected abstract Worker Current { get; }

    /// <summary>Makes a worker, as its constructor does.</summary>
    protected abstract Worker Create(
        Delegate target, object?[]? args = null, IReadOnlyDictionary<string, object?>? namedArgs = null, string? name = null);

    [Fact]
    public void Name_is_the_given_one() => Assert.Equal("dancer", Create(DoNothing, name: "dancer").Name);

    [Fact]
    public void Default_names_count_up()
    {
        int first = NumberOf(Create(DoNothing)), second = NumberOf(Create(DoNothing));
        Assert.Equal(first + 1, second);
    }

    [Fact]
    public void ToString_gives_name_and_state()
    {
        var worker = Create(DoNothing, name: "dancer");
        string before = worker.ToString()!;
        worker.Start();
        worker.Join();
        Assert.StartsWith($"{worker.GetType().Name}(dancer, initial", before, StringComparison.Ordinal);
        Assert.StartsWith($"{worker.GetType().Name}(dancer, stopped", worker.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Null_target_is_refused() => Assert.Throws<ArgumentNullException>("target", () => Create(null!));

    [Fact]
    public void IsAlive_is_true_between_start_and_end()
    {
        var gate = NewGate();
        var worker = Create(gate.Pass);
        Assert.False(worker.IsAlive);
        worker.Start();
        Assert.True(worker.IsAlive);
        gate.Open();
        worker.Join();
        Assert.False(worker.IsAlive);
    }

    [Fact]
    public async Task Start_returns_before_the_target_ends()
    {
        var gate = NewGate();
        var worker = Create(gate.Pass);
        worker.Start();
        gate.Open();
        await worker.JoinAsync(Cancelled);
        Assert.Null(worker.Exception);
    }

    [Fact]
    public void Start_twice_is_refused_while_it_runs()
    {
        var gate = NewGate();
        var worker = Create(gate.Pass, name: "dancer");
        worker.Start();
        var error = Assert.Throws<InvalidOperationException>(worker.Start);
        gate.Open();
        worker.Join();
        Assert.Contains("dancer was started before", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_twice_is_refused_after_its_end()
    {
        var worker = Create(DoNothing);
        worker.Start();
        worker.Join();
        Assert.Throws<InvalidOperationException>(worker.Start);
    }

    [Fact]
    public async Task Start_from_many_threads_at_once_starts_it_once()
    {
        string file = FileNamed("starts");
        var worker = Create(AppendLine, args: [file, "started"]);
        var starts = Enumerable.Range(0, 8).Select(_ => Task.Run(worker.Start)).ToArray();
        await Task.WhenAll(starts.Select(static start => start.ContinueWith(static _ => { }, TaskScheduler.Default)));
        worker.Join();
        Assert.Equal(7, starts.Count(static start => start.Exception?.InnerException is InvalidOperationException));
        Assert.Single(File.ReadAllLines(file));
    }

    [Fact]
    public void Join_before_start_is_refused()
    {
        var worker = Create(DoNothing, name: "dancer");
        var error = Assert.Throws<InvalidOperationException>(worker.Join);
        Assert.Contains("dancer was not started", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JoinAsync_before_start_is_refused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Create(DoNothing).JoinAsync(Cancelled));

    [Fact]
    public void Join_on_itself_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(Current.Join);
        Assert.Contains("its own end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_on_itself_is_refused_inside_the_target()
    {
        var worker = Create(JoinCurrent);
        worker.Start();
        Assert.True(worker.Join(Until.Limit));
        Assert.Contains("its own end", worker.Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_with_a_time_limit_is_false_while_it_runs()
    {
        var gate = NewGate();
        var worker = Create(gate.Pass);
        worker.Start();
        Assert.False(worker.Join(TimeSpan.Zero));
        Assert.False(worker.Join(TimeSpan.FromMilliseconds(20)));
        Assert.True(worker.IsAlive);
        gate.Open();
        worker.Join();
    }

    [Fact]
    public void Join_with_a_time_limit_is_true_once_it_has_ended()
    {
        var worker = Create(DoNothing);
        worker.Start();
        Assert.True(worker.Join(Until.Limit));
        Assert.True(worker.Join(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData((double)int.MaxValue + 1)]
    public void Join_refuses_a_time_limit_that_is_none(double milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => Create(DoNothing).Join(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Join_may_be_called_again()
    {
        var worker = Create(DoNothing);
        worker.Start();
        worker.Join();
        worker.Join();
    }

    [Fact]
    public async Task Join_wakes_all_who_wait()
    {
        var gate = NewGate();
        var worker = Create(gate.Pass);
        worker.Start();
        var waits = Enumerable.Range(0, 4).Select(_ => Task.Run(worker.Join, Cancelled)).Append(worker.JoinAsync(Cancelled)).ToArray();
        Assert.DoesNotContain(waits, static wait => wait.IsCompleted);
        gate.Open();
        await Task.WhenAll(waits);
    }

    [Fact]
    public async Task Join_while_another_thread_starts_it_waits_or_is_refused()
    {
        for (int i = 0; i < 10; i++)
        {
            var worker = Create(DoNothing);
            var join = Task.Run(
                () =>
                {
                    while (true)
                        try
                        {
                            worker.Join();
                            return;
                        }
                        catch (InvalidOperationException)
                        {
                            // Not started yet.
                        }
                },
                Cancelled);
            worker.Start();
            await join;
            Assert.False(worker.IsAlive);
        }
    }

    [Fact]
    public async Task JoinAsync_that_is_cancelled_leaves_the_worker_alone()
    {
        var gate = NewGate();
        var worker = Create(gate.Pass);
        worker.Start();
        using var source = new CancellationTokenSource();
        var join = worker.JoinAsync(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => join);
        Assert.True(worker.IsAlive);
        gate.Open();
        await worker.JoinAsync(Cancelled);
        Assert.Null(worker.Exception);
    }

    [Fact]
    public void IsDaemon_is_false_unless_it_is_set() => Assert.False(Create(DoNothing).IsDaemon);

    [Fact]
    public void IsDaemon_may_be_set_until_start()
    {
        var worker = Create(DoNothing);
        worker.IsDaemon = true;
        Assert.True(worker.IsDaemon);
        worker.Start();
        worker.Join();
        Assert.True(worker.IsDaemon);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsDaemon_is_refused_after_start(bool value)
    {
        var worker = Create(DoNothing, name: "dancer");
        worker.Start();
        var error = Assert.Throws<InvalidOperationException>(() => worker.IsDaemon = value);
        worker.Join();
        Assert.Contains("set IsDaemon before Start()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_is_null_when_the_target_returns()
    {
        var worker = Create(DoNothing);
        Assert.Null(worker.Exception);
        worker.Start();
        worker.Join();
        Assert.Null(worker.Exception);
    }

    [Fact]
    public void Exception_is_null_while_it_runs()
    {
        var gate = NewGate();
        var worker = Create(PassAndFail, args: [gate]);
        worker.Start();
        Assert.Null(worker.Exception);
        gate.Open();
        worker.Join();
        Assert.NotNull(worker.Exception);
    }

    [Fact]
    public void Exception_tells_what_the_target_threw_and_join_does_not_throw_it()
    {
        var worker = Create(Fail, args: ["no music"]);
        worker.Start();
        worker.Join();
        Assert.Equal("no music", worker.Exception!.Message);
    }

    [Fact]
    public async Task Exception_tells_what_an_async_target_threw()
    {
        var worker = Create(FailAsync, args: ["no music"]);
        worker.Start();
        await worker.JoinAsync(Cancelled);
        Assert.Equal("no music", worker.Exception!.Message);
    }

    [Fact]
    public void Positional_arguments_reach_the_target()
    {
        string file = FileNamed("said");
        Run(Create(AppendLine, args: [file, "hello"]));
        Assert.Equal(["hello"], File.ReadAllLines(file));
    }

    [Fact]
    public void Named_arguments_reach_the_target()
    {
        string file = FileNamed("said");
        Run(Create(AppendLine, namedArgs: new Dictionary<string, object?> { ["line"] = "hello", ["file"] = file }));
        Assert.Equal(["hello"], File.ReadAllLines(file));
    }

    [Fact]
    public void Captured_variables_reach_the_target()
    {
        string file = FileNamed("said");
        int number = 42;
        Run(Create(() => AppendLine(file, $"{number}")));
        Assert.Equal(["42"], File.ReadAllLines(file));
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused_by_the_constructor() =>
        Assert.Throws<ArgumentException>(() => Create(AppendLine, args: ["one", "two", "three"]));

    [Fact]
    public void Result_of_the_target_is_dropped()
    {
        var worker = Create(static () => 42);
        Run(worker);
        Assert.Null(worker.Exception);
    }

    [Fact]
    public void Async_target_runs_to_the_end_of_its_task()
    {
        string file = FileNamed("said");
        Run(Create(AppendLineLaterAsync, args: [file, "hello"]));
        Assert.Equal(["hello"], File.ReadAllLines(file));
    }

    [Fact]
    public async Task Many_started_at_once_all_run()
    {
        string file = FileNamed("said");
        Directory.CreateDirectory(file);
        var workers = Enumerable.Range(0, 20).Select(i => Create(AppendLine, args: [Path.Combine(file, $"{i}"), "hello"])).ToArray();
        await Task.WhenAll(workers.Select(static worker => Task.Run(worker.Start)));
        await Task.WhenAll(workers.Select(worker => worker.JoinAsync(Cancelled)));
        Assert.All(workers, static worker => Assert.Null(worker.Exception));
        Assert.Equal(20, Directory.GetFiles(file).Length);
    }

    /// <summary>Asks the worker that runs this to wait for itself.</summary>
    protected abstract Action JoinCurrent { get; }

    private int NumberOf(Worker worker)
    {
        Assert.StartsWith(NamePrefix, worker.Name, StringComparison.Ordinal);
        return int.Parse(worker.Name.AsSpan(NamePrefix.Length), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Run(Worker worker)
    {
        worker.Start();
        worker.Join();
    }

    private static void DoNothing()
    {
    }

    private static void AppendLine(string file, string line) => File.AppendAllLines(file, [line]);

    private static async Task AppendLineLaterAsync(string file, string line)
    {
        await Task.Delay(10);
        AppendLine(file, line);
    }

    private static void PassAndFail(Gate gate)
    {
        gate.Pass();
        Fail("it passed");
    }

    private static void Fail(string message) => throw new InvalidDataException(message);

    private static async Task FailAsync(string message)
    {
        await Task.Yield();
        Fail(message);
    }
}
