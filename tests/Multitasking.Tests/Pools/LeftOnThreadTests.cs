using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Pools;

/// <summary>What a task does to its worker's thread, the next task there does not meet.</summary>
[Collection(nameof(Alone))]
public sealed class LeftOnThreadTests : WorkerTest
{
    [Fact]
    public async Task Priority_and_interrupt_do_not_meet_the_next_task_of_a_process()
    {
        await using var pool = new ProcessPool(workers: 1);
        await AssertCleanAsync(pool);
    }

    [Fact]
    public async Task Priority_and_interrupt_do_not_meet_the_next_task_of_a_thread()
    {
        await using var pool = new DedicatedThreadPool(workers: 1);
        await AssertCleanAsync(pool);
    }

    private static async Task AssertCleanAsync(WorkerPool pool)
    {
        int met = 0;
        for (int i = 0; i < 10; i++)
        {
            // One after the other, and one right behind the other; a pool of processes may have a spare.
            int first = await pool.RunAsync(Disturb, Cancelled);
            var (second, priority) = await pool.RunAsync(WaitAMoment, Cancelled);
            Assert.Equal(ThreadPriority.Normal, priority);
            var disturbed = pool.RunAsync(Disturb, Cancelled);
            Assert.Equal(ThreadPriority.Normal, (await pool.RunAsync(WaitAMoment, Cancelled)).Priority);
            await disturbed;
            met += first == second ? 1 : 0;
        }
        Assert.NotEqual(0, met);
    }

    private static int Disturb()
    {
        Thread.Sleep(5);
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        Thread.CurrentThread.Interrupt();
        return Environment.ProcessId;
    }

    private static (int Process, ThreadPriority Priority) WaitAMoment()
    {
        Thread.Sleep(1);
        return (Environment.ProcessId, Thread.CurrentThread.Priority);
    }
}
