using System.Diagnostics;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Objects;

/// <summary>How a shared object ends, and what its end, and that of its users, does to the others.</summary>
[Collection(nameof(Alone))]
public sealed class SharedObjectLifeTests : WorkerTest
{
    [Fact]
    public async Task The_process_ends_with_its_last_user()
    {
        var ledger = await StartAsync();
        int id = SharedObject.ProcessOf(ledger);
        SharedObject.Release(ledger);
        await GoneAsync(id);
        SharedObject.Release(ledger);
        Assert.Throws<ObjectDisposedException>(() => ledger.Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ledger.EchoAsync("x"));
    }

    [Fact]
    public async Task Disposing_of_a_proxy_releases_it()
    {
        var first = await StartAsync();
        ((IDisposable)first).Dispose();
        await GoneAsync(SharedObject.ProcessOf(first));
        var second = await StartAsync();
        await ((IAsyncDisposable)second).DisposeAsync();
        await GoneAsync(SharedObject.ProcessOf(second));
    }

    [Fact]
    public async Task A_disposable_interface_disposes_of_the_proxy_and_the_object_with_its_last_user()
    {
        string path = FileNamed("disposed");
        int id;
        await using (var box = await SharedObject.StartAsync<IBox>(() => new Box(path), cancellationToken: Cancelled))
        {
            id = SharedObject.ProcessOf(box);
            Assert.Equal(path, box.Path);
        }
        await GoneAsync(id);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_proxy_that_is_forgotten_is_released()
    {
        int id = await UseAsync();
        await Until.TrueAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !IsAlive(id);
        });

        static async Task<int> UseAsync() => (await StartAsync()).ProcessId();
    }

    [Fact]
    public async Task A_killed_process_fails_the_calls_under_way_and_later_ones_at_once()
    {
        var ledger = await StartAsync();
        int id = SharedObject.ProcessOf(ledger);
        string gate = FileNamed("gate");
        var waiting = Task.Factory.StartNew(() => ledger.Wait(gate), TaskCreationOptions.LongRunning);
        await Until.TrueAsync(() => File.Exists($"{gate}.begun"));
        var second = ledger.SumAsync([1]);
        long killed = Stopwatch.GetTimestamp();
        Process.GetProcessById(id).Kill();
        var lost = await Assert.ThrowsAsync<WorkerLostException>(() => waiting);
        Assert.True(Stopwatch.GetElapsedTime(killed) < TimeSpan.FromSeconds(1));
        Assert.Equal(("ILedger.Wait", id), (lost.Target, lost.ProcessId));
        await Assert.ThrowsAsync<WorkerLostException>(() => second);
        Assert.Equal("ILedger.Count", Assert.Throws<WorkerLostException>(() => ledger.Count).Target);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_crash_in_a_member_is_told_to_its_caller()
    {
        var ledger = await StartAsync();
        Assert.Equal("ILedger.Crash", Assert.Throws<WorkerLostException>(ledger.Crash).Target);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task The_death_of_a_client_in_a_call_leaves_the_object_to_the_others()
    {
        var ledger = await StartAsync();
        string gate = FileNamed("gate");
        var child = ChildProcess.Start(() => ledger.Wait(gate));
        await Until.TrueAsync(() => File.Exists($"{gate}.begun"));
        child.Kill();
        await child.JoinAsync(Cancelled);
        File.WriteAllText(gate, "");
        Assert.Equal(2, ledger.Add(1, 1));
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task The_death_of_a_client_cancels_what_it_called()
    {
        var ledger = await StartAsync();
        string never = FileNamed("never");
        var child = ChildProcess.Start(async () =>
        {
            using var source = new CancellationTokenSource();
            await ledger.WaitAsync(never, source.Token);
        });
        await Until.TrueAsync(() => ledger.Owner == never);
        child.Kill();
        await Until.TrueAsync(() => ledger.Owner == "cancelled");
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task Objects_that_come_and_go_leave_nothing_behind()
    {
        for (int i = 0; i < 5; i++)
        {
            var ledger = await StartAsync();
            ledger.Add(1);
            SharedObject.Release(ledger);
        }
    }

    private static Task<ILedger> StartAsync() => SharedObject.StartAsync<ILedger>(static () => new Ledger(), cancellationToken: Cancelled);

    private static Task GoneAsync(int id) => Until.TrueAsync(() => !IsAlive(id));

    private static bool IsAlive(int id) => Directory.Exists($"/proc/{id}");

    private interface IBox : IAsyncDisposable, IDisposable
    {
        string Path { get; }
    }

    private sealed class Box(string path) : IBox
    {
        public string Path => path;

        public void Dispose() => throw new InvalidOperationException("The other one is wanted.");

        public ValueTask DisposeAsync()
        {
            File.WriteAllText(path, "");
            return default;
        }
    }
}
