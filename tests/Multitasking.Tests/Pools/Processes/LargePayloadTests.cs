using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>Arguments and answers many times larger than what the link holds at once, and workers that die on the way.</summary>
[Collection(nameof(Alone))]
public sealed class LargePayloadTests : PoolTest
{
    private const int Large = 48 << 20;

    [Fact]
    public async Task Large_argument_and_large_answer_cross_whole()
    {
        await using var pool = new ProcessPool(workers: 1);
        byte[] sent = new byte[Large];
        new Random(1).NextBytes(sent);
        byte[] back = await Soon(pool.RunAsync(static bytes => bytes, sent, Cancelled));
        Assert.True(sent.AsSpan().SequenceEqual(back));
    }

    [Fact]
    public async Task Call_with_a_large_argument_returns_though_nobody_reads_it()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        OtherParent.Signal(worker, Deaths.SIGSTOP);
        await Until.TrueAsync(() => worker.IsStopped);
        long start = Stopwatch.GetTimestamp();
        var answer = pool.RunAsync(static bytes => bytes.Length, new byte[Large], Cancelled);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        OtherParent.Signal(worker, Constants.SIGCONT);
        Assert.Equal(Large, await Soon(answer));
    }

    [Fact]
    public async Task Worker_that_dies_before_it_has_read_a_large_task_does_not_lose_it()
    {
        await using var pool = new ProcessPool(workers: 1);
        var worker = await WorkerOfAsync(pool);
        OtherParent.Signal(worker, Deaths.SIGSTOP);
        await Until.TrueAsync(() => worker.IsStopped);
        var answer = pool.RunAsync(static bytes => bytes.Length, new byte[Large], Cancelled);
        Kill(worker.Id);
        Assert.Equal(Large, await Soon(answer));
    }

    [Fact]
    public async Task Worker_that_is_killed_while_it_reads_a_large_task_ends_it_one_way_or_the_other()
    {
        await using var pool = new ProcessPool(workers: 1);
        byte[] sent = new byte[Large];
        for (int delay = 0; delay < 24; delay += 3)
        {
            var worker = await WorkerOfAsync(pool);
            var answer = pool.RunAsync(static bytes => bytes.Length, sent, Cancelled);
            await Task.Delay(delay, Cancelled);
            Kill(worker.Id);
            var outcome = await OutcomeAsync(answer);
            Assert.True(outcome is null or WorkerLostException { ExitCode: -Constants.SIGKILL }, $"{delay} ms: {outcome}");
        }
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Task_that_exits_with_a_large_argument_fails_alone_and_its_argument_is_let_go()
    {
        await using var pool = new ProcessPool(workers: 1);
        var (task, argument) = ExitWithLargeArgument(pool);
        Assert.Equal(7, (await FailureAsync<WorkerLostException>(task)).ExitCode);
        await WorksAsync(pool);
        await Until.TrueAsync(() =>
        {
            GC.Collect();
            return !argument.IsAlive;
        });
    }

    [Fact]
    public async Task Worker_that_is_killed_while_it_writes_a_large_answer_ends_it_one_way_or_the_other()
    {
        await using var pool = new ProcessPool(workers: 1);
        for (int delay = 0; delay < 40; delay += 4)
        {
            var answer = pool.RunAsync(AnswerAndDie, Large, delay, Cancelled);
            var outcome = await OutcomeAsync(answer);
            Assert.True(outcome is null or WorkerLostException { ExitCode: -Constants.SIGKILL }, $"{delay} ms: {outcome}");
            if (outcome is null)
                Assert.True((await answer).AsSpan().IndexOfAnyExcept((byte)0x5A) < 0);
        }
        await OutcomeAsync(pool.RunAsync(static () => { }, Cancelled));
        await Until.TrueAsync(() => pool.Pending == 0);
    }

    [Fact]
    public async Task Answer_larger_than_the_link_does_not_hold_up_the_end_of_the_pool()
    {
        Task<byte[]> answer;
        var pool = new ProcessPool(workers: 1);
        answer = pool.RunAsync(static () => new byte[10 << 20], Cancelled);
        await Soon(pool.DisposeAsync().AsTask());
        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(10 << 20, (await answer).Length);
    }

    [Fact]
    public async Task Large_answers_of_two_workers_do_not_wait_for_each_other()
    {
        await using var pool = new ProcessPool(workers: 2);
        byte[][] answers = await Soon(pool.MapAsync(
            Enumerable.Range(0, 8),
            static i =>
            {
                byte[] bytes = new byte[(4 << 20) + i];
                Array.Fill(bytes, (byte)i);
                return bytes;
            },
            Cancelled));
        for (int i = 0; i < answers.Length; i++)
            Assert.True(answers[i].Length == (4 << 20) + i && answers[i].AsSpan().IndexOfAnyExcept((byte)i) < 0);
    }

    [Fact]
    public async Task Map_of_a_target_with_a_large_captured_array_is_finished_after_a_death()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, ChunkSize = 4 });
        var results = new List<int>();
        await Assert.ThrowsAsync<WorkerLostException>(() => Soon(CollectAsync(pool.MapAsCompletedAsync(Enumerable.Range(0, 12), DyingAt(1, new int[1 << 20]), Cancelled), results)));
        Assert.Equal((int[])[0, 2, 3], results.Order().Take(3));
        await WorksAsync(pool);
    }

    [Fact]
    public async Task Result_of_a_fixed_size_beyond_what_is_looked_at_at_once_arrives()
    {
        await using var pool = new ProcessPool(workers: 1);
        var block = await Soon(pool.RunAsync(static x => Block.Of(x), (byte)7, Cancelled));
        Assert.True(((ReadOnlySpan<byte>)block.Bytes).IndexOfAnyExcept((byte)7) < 0);
    }

    [Fact]
    public async Task Large_argument_of_a_task_that_ends_before_it_is_read_harms_nobody()
    {
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1, TerminationGrace = Grace });
        for (int i = 0; i < 10; i++)
            await FailureAsync<RemoteException>(pool.RunAsync(
                static (unreadable, bytes) => bytes.Length + unreadable.Count, GrumpyComparer.UnreadableElsewhere("throw"), new byte[Large], Cancelled));
        await WorksAsync(pool);
    }

    private static async Task CollectAsync(IAsyncEnumerable<int> source, List<int> results)
    {
        await foreach (int result in source)
            results.Add(result);
    }

    // Made here, lest the target capture more than it needs.
    private static Func<int, int> DyingAt(int bad, int[] table) => item => item == bad ? Deaths.Die("SIGKILL") : item + table[item];

    [InlineArray(100_000)]
    private struct Bytes100K
    {
        private byte _first;
    }

    private struct Block
    {
        internal Bytes100K Bytes;

        internal static Block Of(byte value)
        {
            var block = new Block();
            ((Span<byte>)block.Bytes).Fill(value);
            return block;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Task Task, WeakReference Argument) ExitWithLargeArgument(ProcessPool pool)
    {
        byte[] argument = new byte[Large];
        return (pool.RunAsync(static bytes => Environment.Exit(bytes.Length > 0 ? 7 : 0), argument, Cancelled), new WeakReference(argument));
    }

    private static byte[] AnswerAndDie(int size, int delay)
    {
        byte[] answer = new byte[size];
        Array.Fill(answer, (byte)0x5A);
        new Thread(() =>
        {
            Thread.Sleep(delay);
            LibC.SendSignal(Environment.ProcessId, Constants.SIGKILL);
        }).Start();
        return answer;
    }
}
