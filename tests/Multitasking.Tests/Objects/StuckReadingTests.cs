using Multitasking.Contracts;
using Multitasking.Invocation.Trusting;
using Multitasking.Messaging;
using Multitasking.Objects;
using Multitasking.SharedMemory;
using Multitasking.Tests.SharedMemory;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Objects;

/// <summary>What one side of a shared object may send, and not take, without a harm to others.</summary>
[Collection(nameof(Alone))]
public sealed class StuckReadingTests : WorkerTest
{
    [Fact]
    public async Task Call_that_is_not_read_to_its_end_holds_up_its_own_client_alone()
    {
        var list = await StartAsync();
        string gate = FileNamed("gate");
        var stuck = list.AddSlowAsync(KeysFor(gate), 1);
        await Until.TrueAsync(() => File.Exists($"{gate}.begun"));
        // In its turn, behind the other; of the same client.
        var next = list.AddAsync(2);
        Assert.Equal(3, await ChildProcess.RunAsync(() => AddThree(list), cancellationToken: Cancelled));
        Assert.False(stuck.IsCompleted || next.IsCompleted);
        File.WriteAllText(gate, "");
        await stuck.WaitAsync(Until.Limit, Cancelled);
        await next.WaitAsync(Until.Limit, Cancelled);
        Assert.Equal([3, 1, 2], list.All());
        SharedObject.Release(list);
    }

    [Fact]
    public async Task Many_stuck_calls_of_many_clients_hold_up_nobody_else_and_all_end()
    {
        var list = await StartAsync();
        string gate = FileNamed("gate");
        var stuck = Enumerable.Range(1, 4)
            .Select(i => ChildProcess.RunAsync(() => AddSlow(list, $"{gate}-{i}", i), cancellationToken: Cancelled)).ToArray();
        await Until.TrueAsync(() => Enumerable.Range(1, 4).All(i => File.Exists($"{gate}-{i}.begun")));
        list.Add(9);
        Assert.Equal([9], list.All());
        for (int i = 1; i <= 4; i++)
            File.WriteAllText($"{gate}-{i}", "");
        await Task.WhenAll(stuck).WaitAsync(Until.Limit, Cancelled);
        Assert.Equal([1, 2, 3, 4, 9], list.All().Order());
        SharedObject.Release(list);
    }

    [Fact]
    public async Task Answer_that_is_not_read_to_its_end_delays_no_other_and_ends_with_its_token()
    {
        var list = await StartAsync();
        string gate = FileNamed("gate");
        using var token = new CancellationTokenSource();
        var stuck = list.KeysAsync(gate, token.Token);
        int count = 2 * Environment.ProcessorCount;
        var others = Enumerable.Range(0, count).Select(_ => list.KeysAsync(gate, CancellationToken.None)).ToArray();
        await Until.TrueAsync(() => File.Exists($"{gate}.begun"));
        await list.AddAsync(5).WaitAsync(Until.Limit, Cancelled);
        Assert.Equal(5, Assert.Single(await list.AllAsync().WaitAsync(Until.Limit, Cancelled)));
        await token.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck.WaitAsync(Until.Limit, Cancelled));
        Assert.DoesNotContain(others, static other => other.IsCompleted);
        File.WriteAllText(gate, "");
        await Task.WhenAll(others).WaitAsync(Until.Limit, Cancelled);
        SharedObject.Release(list);
    }

    [Fact]
    public async Task Answer_that_a_thread_waits_for_and_that_is_not_read_to_its_end_ends_with_its_token()
    {
        var list = await StartAsync();
        string gate = FileNamed("gate");
        using var token = new CancellationTokenSource();
        var stuck = Task.Factory.StartNew(
            () => list.Keys(gate, token.Token), Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Until.TrueAsync(() => File.Exists($"{gate}.begun"));
        await token.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stuck.WaitAsync(Until.Limit, Cancelled));
        list.Add(5);
        Assert.Equal([5], list.All());
        File.WriteAllText(gate, "");
        Assert.Single(list.Keys(gate, Cancelled));
        SharedObject.Release(list);
    }

    [Fact]
    public async Task Calls_are_answered_while_all_threads_of_the_pool_wait_for_them()
    {
        var list = await StartAsync();
        Assert.Equal("40 x 3", await ChildProcess.RunAsync(() => BlockAllThreads(list), cancellationToken: Cancelled));
        SharedObject.Release(list);
    }

    [Fact]
    public async Task Client_that_takes_no_answers_is_given_up()
    {
        // A ring with room for a single answer.
        const long Size = ChannelMemory.SmallestRing;
        using var ring = ChannelMemory.Create("multitasking-object", 1, Size, Size, mayShare: false);
        var client = new HomeClient(ProcessStamp.Own, Trust.None, new MessageWriter(ring.Share(ChannelCore.WriterRole)));
        var core = ring.Segment.Core<ChannelCore>();
        client.Say(ReplyKind.Ready, 0);
        Assert.False(core.HasLostWriters);
        await Task.Run(() => client.Say(ReplyKind.Ready, 0), Cancelled).WaitAsync(Until.Limit, Cancelled);
        Assert.True(core.HasLostWriters);
    }

    [Fact]
    public async Task Caller_that_the_object_has_no_descriptor_for_is_told_and_may_try_again()
    {
        var list = await StartAsync();
        list.TakeDescriptors();
        using var stage = new SharedValue<int>();
        var child = ChildProcess.RunAsync(() => CallTwice(list, stage), cancellationToken: Cancelled);
        await Until.TrueAsync(() => stage.Value == 1 || child.IsCompleted);
        list.GiveBack();
        stage.Value = 2;
        Assert.Equal("told, 7", await child);
        SharedObject.Release(list);
    }

    private static Task<ISlowList> StartAsync() =>
        SharedObject.StartAsync<ISlowList>(static () => new SlowList(), cancellationToken: Cancelled);

    private static HashSet<SlowKey> KeysFor(string gate) => [new SlowKey(gate, Environment.ProcessId)];

    private static int AddThree(ISlowList list)
    {
        list.Add(3);
        return list.All().Length == 1 ? list.All()[0] : 0;
    }

    private static void AddSlow(ISlowList list, string gate, int number) =>
        list.AddSlowAsync(KeysFor(gate), number).GetAwaiter().GetResult();

    private static string BlockAllThreads(ISlowList list)
    {
        ThreadPool.SetMinThreads(1, 1);
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        int answers = 0;
        var done = new CountdownEvent(40);
        for (int i = 0; i < 40; i++)
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    // Numbers, arrays, and what is read as a graph of objects.
                    list.AddAsync(1).Wait();
                    bool isRight = list.AllAsync().Result.Length > 0 && list.NamesAsync(3).Result.Count == 3;
                    Interlocked.Add(ref answers, isRight ? 3 : 0);
                    done.Signal();
                },
                null);
        return done.Wait(Until.Limit) ? $"{done.InitialCount} x {answers / 40}" : $"{done.CurrentCount} wait";
    }

    private static string CallTwice(ISlowList list, SharedValue<int> stage)
    {
        string told;
        try
        {
            list.All();
            told = "nothing";
        }
        catch (WorkerLostException lost) when (lost.InnerException is IOException)
        {
            told = "told";
        }
        stage.Value = 1;
        while (stage.Value != 2)
            Thread.Sleep(1);
        list.Add(7);
        return $"{told}, {list.All()[0]}";
    }

    internal interface ISlowList
    {
        void Add(int number);

        int[] All();

        Task AddAsync(int number);

        Task<int[]> AllAsync();

        Task<List<string>> NamesAsync(int count);

        Task AddSlowAsync(HashSet<SlowKey> keys, int number);

        Task<HashSet<SlowKey>> KeysAsync(string gate, CancellationToken cancellationToken);

        HashSet<SlowKey> Keys(string gate, CancellationToken cancellationToken);

        void TakeDescriptors();

        void GiveBack();
    }

    internal sealed class SlowList : ISlowList
    {
        private readonly List<int> _numbers = [];
        private IDisposable? _taken;

        public void Add(int number) => _numbers.Add(number);

        public int[] All() => [.. _numbers];

        public Task AddAsync(int number)
        {
            Add(number);
            return Task.CompletedTask;
        }

        public Task<int[]> AllAsync() => Task.FromResult(All());

        public Task<List<string>> NamesAsync(int count) =>
            Task.FromResult(Enumerable.Range(0, count).Select(static i => $"name {i}").ToList());

        public Task AddSlowAsync(HashSet<SlowKey> keys, int number) => AddAsync(number);

        public Task<HashSet<SlowKey>> KeysAsync(string gate, CancellationToken cancellationToken) => Task.FromResult(KeysFor(gate));

        public HashSet<SlowKey> Keys(string gate, CancellationToken cancellationToken) => KeysFor(gate);

        public void TakeDescriptors() => _taken = Scarcity.OfDescriptors();

        public void GiveBack() => _taken!.Dispose();
    }
}
