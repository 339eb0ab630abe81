using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Objects;

/// <summary>A proxy in other processes.</summary>
[Collection(nameof(Alone))]
public sealed class SharedObjectTravelTests : WorkerTest
{
    [Fact]
    public async Task Four_processes_call_and_nothing_is_lost()
    {
        var ledger = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ChildProcess.RunAsync(
            () =>
            {
                for (int i = 0; i < 500; i++)
                    ledger.Add(1);
            },
            cancellationToken: Cancelled)));
        Assert.Equal(2000, ledger.Count);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_proxy_works_in_a_grandchild()
    {
        var ledger = await StartAsync();
        int id = await ChildProcess.RunAsync(() => ChildProcess.RunAsync(() => ledger.ProcessId()), cancellationToken: Cancelled);
        Assert.Equal(SharedObject.ProcessOf(ledger), id);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_proxy_crosses_as_an_argument_by_any_declared_type()
    {
        var ledger = await StartAsync();
        var child = new ChildProcess(AddOne, [ledger, ledger, ledger, new List<ILedger> { ledger }]);
        child.Start();
        await child.JoinAsync(Cancelled);
        Assert.Null(child.Exception);
        Assert.Equal(2, ledger.Count);
        SharedObject.Release(ledger);

        static async Task AddOne(ILedger ledger, object same, ILabelled part, List<ILedger> list)
        {
            Assert.Same(ledger, same);
            Assert.Equal("ledger", part.Label);
            ledger.Add(1);
            await list[0].AddSoonAsync(1);
        }
    }

    [Fact]
    public async Task A_proxy_is_used_by_the_tasks_of_a_pool()
    {
        var ledger = await StartAsync();
        await using (var pool = new ProcessPool(workers: 2))
            await pool.ForEachAsync(Enumerable.Range(0, 40), number => ledger.Add(number), cancellationToken: Cancelled);
        Assert.Equal(780, ledger.Count);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task A_proxy_goes_through_a_channel()
    {
        var ledger = await StartAsync();
        using var channel = ProcessChannel.CreateBounded<ILedger>(4);
        var reader = channel.Reader;
        await channel.Writer.WriteAsync(ledger, Cancelled);
        await ChildProcess.RunAsync(() => reader.Read().Add(5), cancellationToken: Cancelled);
        Assert.Equal(5, ledger.Count);
        SharedObject.Release(ledger);
    }

    [Fact]
    public async Task An_object_lives_as_long_as_a_proxy_of_it_lies_in_a_channel()
    {
        var ledger = await StartAsync();
        using var channel = ProcessChannel.CreateBounded<ILedger>(4);
        await channel.Writer.WriteAsync(ledger, Cancelled);
        SharedObject.Release(ledger);
        var again = await channel.Reader.ReadAsync(Cancelled);
        Assert.Equal(2, again.Add(1, 1));
        SharedObject.Release(again);
    }

    [Fact]
    public async Task An_object_calls_another()
    {
        var first = await StartAsync();
        var second = await SharedObject.StartAsync<ILedger>(static () => new Ledger("second"), cancellationToken: Cancelled);
        Assert.Equal("second", first.Keep(second));
        SharedObject.Release(second);
        SharedObject.Release(first);
    }

    [Fact]
    public async Task In_its_own_process_a_proxy_is_the_object_itself()
    {
        var ledger = await StartAsync();
        Assert.Equal("ledger", ledger.Keep(ledger));
        int id = SharedObject.ProcessOf(ledger);
        SharedObject.Release(ledger);
        await Until.TrueAsync(() => !Directory.Exists($"/proc/{id}"));
    }

    [Fact]
    public async Task A_member_may_return_a_proxy()
    {
        var shelf = await SharedObject.StartAsync<IShelf>(static () => new Shelf(), cancellationToken: Cancelled);
        var ledger = await StartAsync();
        shelf.Ledger = ledger;
        var other = shelf.Ledger!;
        Assert.Equal(SharedObject.ProcessOf(ledger), SharedObject.ProcessOf(other));
        SharedObject.Release(ledger);
        Assert.Equal("ledger", other.Label);
        shelf.Ledger = null;
        SharedObject.Release(other);
        SharedObject.Release(shelf);
    }

    [Fact]
    public async Task A_channel_crosses_in_a_call()
    {
        var shelf = await SharedObject.StartAsync<IShelf>(static () => new Shelf(), cancellationToken: Cancelled);
        using var channel = ProcessChannel.CreateBounded<int>(16);
        await shelf.WriteAsync(channel.Writer, 3);
        Assert.Equal([0, 1, 2], await channel.Reader.ReadAllAsync(Cancelled).Take(3).ToListAsync(Cancelled));
        SharedObject.Release(shelf);
    }

    [Fact]
    public async Task A_generic_interface_is_called_as_others_are()
    {
        var store = await SharedObject.StartAsync<IStore<Entry>>(static () => new Store<Entry>(), cancellationToken: Cancelled);
        store.Put(new Entry("a", 1, []));
        string name = await ChildProcess.RunAsync(() => store.Take()!.Name, cancellationToken: Cancelled);
        Assert.Equal("a", name);
        Assert.Null(store.Take());
        SharedObject.Release(store);
    }

    [Fact]
    public async Task A_released_proxy_is_refused_with_its_path()
    {
        var ledger = await StartAsync();
        SharedObject.Release(ledger);
        var refused = await Assert.ThrowsAsync<TargetNotSupportedException>(() => ChildProcess.RunAsync(() => ledger.Add(1), cancellationToken: Cancelled));
        Assert.Contains("captured 'ledger'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_group_of_a_proxy_is_refused_with_the_way_out()
    {
        var ledger = await StartAsync();
        var refused = await Assert.ThrowsAsync<TargetNotSupportedException>(() => ChildProcess.RunAsync(ledger.ProcessId, cancellationToken: Cancelled));
        Assert.Contains("lambda", refused.Message, StringComparison.Ordinal);
        SharedObject.Release(ledger);
    }

    private static Task<ILedger> StartAsync() => SharedObject.StartAsync<ILedger>(static () => new Ledger(), cancellationToken: Cancelled);

    private interface IShelf
    {
        ILedger? Ledger { get; set; }

        Task WriteAsync(ProcessChannelWriter<int> writer, int count);
    }

    private sealed class Shelf : IShelf
    {
        public ILedger? Ledger { get; set; }

        public async Task WriteAsync(ProcessChannelWriter<int> writer, int count)
        {
            for (int i = 0; i < count; i++)
                await writer.WriteAsync(i);
        }
    }

    private interface IStore<T>
    {
        void Put(T item);

        T? Take();
    }

    private sealed class Store<T> : IStore<T>
        where T : class
    {
        private readonly Queue<T> _items = [];

        public void Put(T item) => _items.Enqueue(item);

        public T? Take() => _items.TryDequeue(out var item) ? item : null;
    }
}
