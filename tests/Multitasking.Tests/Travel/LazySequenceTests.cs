using Multitasking.Tests.Targets;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Sequences that have not run: a parent never runs what its child was asked to.</summary>
public sealed class LazySequenceTests
{
    [Fact]
    public async Task An_iterator_as_a_result_is_refused_by_the_child_with_the_way_out()
    {
        await using var pool = new ProcessPool(workers: 1);
        Exception[] all =
        [
            await Assert.ThrowsAsync<RemoteException>(() => InChild.RunAsync(() => Numbers())),
            await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(() => Numbers(), TestContext.Current.CancellationToken)),
            await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(() => new object[] { Numbers() }, TestContext.Current.CancellationToken)),
            await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(() => Numbers().GetEnumerator(), TestContext.Current.CancellationToken)),
            await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(() => Local(3), TestContext.Current.CancellationToken)),
        ];

        Assert.All(all, static one => Assert.Contains("call ToList in the target", one.Message, StringComparison.Ordinal));
        Assert.Equal([1, 2], await pool.RunAsync(() => Numbers().ToList(), TestContext.Current.CancellationToken));

        static IEnumerable<int> Local(int number)
        {
            yield return number;
        }
    }

    [Fact]
    public void An_iterator_in_a_message_is_refused_by_who_writes_it()
    {
        using var channel = ProcessChannel.CreateBounded<Series>(2);

        var refusal = Assert.Throws<TargetNotSupportedException>(() => channel.Writer.Write(new Series(Numbers()), TestContext.Current.CancellationToken));
        channel.Writer.Write(new Series([.. Numbers()]), TestContext.Current.CancellationToken);

        Assert.Contains("call ToList", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], channel.Reader.Read(TestContext.Current.CancellationToken).Items);
    }

    [Fact]
    public async Task An_iterator_in_a_child_s_message_or_report_is_refused_by_the_child()
    {
        using var channel = ProcessChannel.CreateBounded<IEnumerable<int>>(1);
        await using var pool = new ProcessPool(workers: 1);
        var nobody = new Progress<IEnumerable<int>>();

        var message = await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(
            static writer => writer.Write(Numbers()), channel.Writer, TestContext.Current.CancellationToken));
        var report = await Assert.ThrowsAsync<RemoteException>(() => pool.RunAsync(
            static (IProgress<IEnumerable<int>> progress) => progress.Report(Numbers()), nobody, TestContext.Current.CancellationToken));

        Assert.Contains("call ToList, and send", message.Message, StringComparison.Ordinal);
        Assert.Contains("call ToList in the target", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_iterator_that_is_given_to_a_child_runs_there()
    {
        var numbers = Processes();

        Assert.NotEqual(Environment.ProcessId, (await InChild.RunAsync(() => numbers.ToList()))[0]);
    }

    [Fact]
    public void A_query_is_refused_by_the_name_of_its_variable_with_the_way_out()
    {
        var squares = Enumerable.Range(1, 3).Select(static x => x * x).Where(static x => x > 1);
        var ordered = new[] { 2, 1 }.Order();
        var groups = new[] { 1, 2 }.GroupBy(static x => x);
        var parts = new[] { 1, 2 }.Chunk(1);

        AssertRefused("captured 'squares'", "call ToList", () => Console.WriteLine(squares));
        AssertRefused("captured 'ordered'", "call ToList", () => Console.WriteLine(ordered));
        AssertRefused("captured 'groups'", "call ToList", () => Console.WriteLine(groups));
        AssertRefused("captured 'parts'", "call ToList", () => Console.WriteLine(parts));
    }

    [Fact]
    public void An_asynchronous_iterator_is_refused_by_the_name_of_its_variable()
    {
        var later = LaterAsync();

        AssertRefused("captured 'later'", "read its items into a list", () => Console.WriteLine(later));
    }

    [Fact]
    public async Task What_no_process_can_answer_is_refused_before_one_starts()
    {
        await using var pool = new ProcessPool(workers: 1);
        Func<Task>[] all =
        [
            () => InChild.RunAsync(static () => LaterAsync()), () => InChild.RunAsync(static () => Task.FromResult(Task.FromResult(1))),
            () => InChild.RunAsync(static () => Task.FromResult(new ValueTask<int>(1))), () => InChild.RunAsync(static () => Task.FromResult(LaterAsync())),
            () => pool.RunAsync(static () => LaterAsync(), TestContext.Current.CancellationToken),
            () => pool.RunAsync(static () => Task.FromResult(Task.FromResult(1)), TestContext.Current.CancellationToken),
        ];

        Assert.All(all, static one => Assert.Throws<TargetNotSupportedException>(() => { _ = one(); }));
        Assert.Equal(0, pool.Completed);
        Assert.Equal(0, pool.WorkersAlive);
    }

    private static void AssertRefused(string path, string wayOut, Action target)
    {
        var refusal = Assert.Throws<TargetNotSupportedException>(() => ChildProcess.Start(target));
        Assert.StartsWith(path + " : ", refusal.Path, StringComparison.Ordinal);
        Assert.Contains(wayOut, refusal.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<int> Numbers()
    {
        yield return 1;
        yield return 2;
    }

    private static IEnumerable<int> Processes()
    {
        yield return Environment.ProcessId;
    }

    private static async IAsyncEnumerable<int> LaterAsync()
    {
        await Task.Yield();
        yield return 1;
    }

    private sealed record Series(IEnumerable<int> Items);
}
