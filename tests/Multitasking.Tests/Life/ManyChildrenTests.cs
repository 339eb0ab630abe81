using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

[Collection(nameof(Alone))]
public sealed class ManyChildrenTests : WorkerTest
{
    private static readonly int s_many = Rounds.Of(100, least: 40);

    [Fact]
    public void Many_run_at_once()
    {
        var gate = NewGate();
        var children = Enumerable.Range(0, s_many).Select(_ => new ChildProcess(gate.Pass)).ToArray();
        foreach (var child in children)
            child.Start();
        Assert.Equal(children, ChildProcess.ActiveChildren);
        Assert.Equal(s_many, children.Select(static child => child.Id).Distinct().Count());
        gate.Open();
        foreach (var child in children)
            child.Join();
        Assert.All(children, static child => Assert.Equal(0, child.ExitCode));
    }

    [Fact]
    public async Task Many_answers_asked_for_at_once_are_each_its_own()
    {
        var answers = Enumerable.Range(0, s_many).Select(i => ChildProcess.RunAsync(() => i * i, cancellationToken: Cancelled));
        Assert.Equal(Enumerable.Range(0, s_many).Select(static i => i * i), await Task.WhenAll(answers));
    }

    [Fact]
    public async Task Many_are_killed_at_once()
    {
        var gate = NewGate();
        var children = Enumerable.Range(0, s_many / 2).Select(_ => new ChildProcess(gate.Pass)).ToArray();
        await Task.WhenAll(children.Select(static child => Task.Run(() =>
        {
            child.Start();
            child.Kill();
        })));
        await Task.WhenAll(children.Select(static child => child.JoinAsync(Cancelled)));
        Assert.All(children, static child => Assert.Equal(-Constants.SIGKILL, child.ExitCode));
    }

    [Fact]
    public async Task Children_start_children_four_generations_deep()
    {
        int[] ids = await ChildProcess.RunAsync(static () => GenerationsAsync(4), cancellationToken: Cancelled);
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public async Task Crash_of_one_leaves_the_others_alone()
    {
        var gate = NewGate();
        var others = Enumerable.Range(0, 5).Select(_ => new ChildProcess(gate.Pass)).ToArray();
        foreach (var child in others)
            child.Start();
        await Assert.ThrowsAsync<WorkerLostException>(
            () => ChildProcess.RunAsync(static () => Environment.FailFast("as the test wants it"), cancellationToken: Cancelled));
        Assert.All(others, static child => Assert.True(child.IsAlive));
        gate.Open();
        foreach (var child in others)
            child.Join();
    }

    private static async Task<int[]> GenerationsAsync(int left) =>
        left == 1 ? [Environment.ProcessId] : [Environment.ProcessId, .. await ChildProcess.RunAsync(() => GenerationsAsync(left - 1))];
}
