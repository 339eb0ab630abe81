using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>What a thread has beyond what every worker has.</summary>
[Collection(nameof(Alone))]
public sealed class ChildThreadTests : WorkerTest
{
    [Fact]
    public void Current_is_the_thread_that_runs_the_target()
    {
        ChildThread? seen = null;
        var thread = new ChildThread(() => seen = ChildThread.Current);
        thread.Start();
        thread.Join();
        Assert.Same(thread, seen);
    }

    [Fact]
    public void Current_describes_a_thread_that_something_else_started()
    {
        string? seen = null;
        var thread = new Thread(() => seen = $"{ChildThread.Current.Name} {ChildThread.Current.IsAlive} {ChildThread.Current.IsDaemon}") { Name = "other", IsBackground = true };
        thread.Start();
        thread.Join();
        Assert.Equal("other True True", seen);
    }

    [Fact]
    public void Id_and_name_are_those_of_the_thread_inside()
    {
        string? seen = null;
        var thread = new ChildThread(() => seen = $"{Thread.CurrentThread.Name} {Environment.CurrentManagedThreadId}", name: "dancer");
        thread.Start();
        thread.Join();
        Assert.Equal($"dancer {thread.Id}", seen);
    }

    [Fact]
    public void ActiveThreads_are_those_that_run_in_the_order_of_their_starts()
    {
        var gate = NewGate();
        ChildThread first = new(gate.Pass), second = new(gate.Pass), never = new(gate.Pass);
        second.Start();
        first.Start();
        Assert.Equal([second, first], ChildThread.ActiveThreads);
        Assert.DoesNotContain(never, ChildThread.ActiveThreads);
        gate.Open();
        first.Join();
        second.Join();
        Assert.Empty(ChildThread.ActiveThreads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsDaemon_starts_as_that_of_the_creating_thread(bool isDaemon)
    {
        bool? seen = null;
        var thread = new ChildThread(() => seen = new ChildThread(static () => { }).IsDaemon) { IsDaemon = isDaemon };
        thread.Start();
        thread.Join();
        Assert.Equal(isDaemon, seen);
    }

    [Fact]
    public async Task IsDaemon_is_false_when_a_thread_of_the_pool_creates_it() =>
        Assert.False(await Task.Run(
            static () =>
            {
                _ = ChildThread.Current;
                return new ChildThread(static () => { }).IsDaemon;
            },
            Cancelled));

    [Fact]
    public void Daemon_is_a_background_thread()
    {
        bool? seen = null;
        var thread = new ChildThread(() => seen = Thread.CurrentThread.IsBackground) { IsDaemon = true };
        thread.Start();
        thread.Join();
        Assert.True(seen);
    }

    [Fact]
    public void ToString_gives_name_state_and_id()
    {
        var gate = NewGate();
        var thread = new ChildThread(gate.Pass, name: "dancer") { IsDaemon = true };
        thread.Start();
        Assert.Equal($"ChildThread(dancer, started daemon, id {thread.Id})", thread.ToString());
        gate.Open();
        thread.Join();
        Assert.Equal($"ChildThread(dancer, stopped daemon, id {thread.Id})", thread.ToString());
    }

    [Fact]
    public void Exception_is_the_very_one_that_was_thrown()
    {
        var thrown = new InvalidDataException("no music");
        var thread = new ChildThread((Action)(() => throw thrown));
        thread.Start();
        thread.Join();
        Assert.Same(thrown, thread.Exception);
    }

    [Fact]
    public void Arguments_are_shared_and_not_copied()
    {
        var list = new List<int>();
        var thread = new ChildThread(static (List<int> shared) => shared.Add(42), args: [list]);
        thread.Start();
        thread.Join();
        Assert.Equal([42], list);
    }

    [Fact]
    public void Token_that_is_not_given_is_never_cancelled()
    {
        bool? seen = null;
        var thread = new ChildThread((CancellationToken cancellationToken) => seen = cancellationToken.CanBeCanceled);
        thread.Start();
        thread.Join();
        Assert.False(seen);
    }
}
