using Multitasking.Synchronization;

namespace Multitasking.TestWorker.Faulty;

/// <summary>Every lock, with a child at the other side.</summary>
internal static class LockUse
{
    internal static async Task RunAsync(Steps steps)
    {
        await steps.TryAsync("mutex", async static () =>
        {
            using var mutex = new ProcessMutex();
            Task child;
            using (await mutex.EnterAsync())
                child = ChildProcess.RunAsync(() => mutex.Enter().Dispose());
            await child;
            (await mutex.EnterAsync()).Dispose();
        });
        await steps.TryAsync("owner dies", async static () =>
        {
            using var mutex = new ProcessMutex();
            using var begun = new ProcessEvent(EventReset.Manual);
            var child = new ChildProcess(() => EnterAndDie(mutex, begun));
            child.Start();
            child.Join();
            // It may have failed before it came so far.
            bool hasEntered = child.ExitCode == 3;
            Steps.Require(begun.TryWait(TimeSpan.FromSeconds(10)) || !hasEntered, "the event is not set");
            using var hold = await mutex.EnterAsync();
            Steps.Require(hold.OwnerDied || !hasEntered, "nobody said that the owner has died");
        });
        await steps.TryAsync("semaphore", async static () =>
        {
            using var semaphore = new ProcessSemaphore(2);
            await ChildProcess.RunAsync(() => semaphore.Enter().Dispose());
            (await semaphore.EnterAsync()).Dispose();
            Steps.Require(semaphore.CurrentCount == 2, $"{semaphore.CurrentCount} permits of 2");
        });
        await steps.TryAsync("reader-writer lock", async static () =>
        {
            using var gate = new ProcessReaderWriterLock();
            Task child;
            using (gate.EnterWrite())
                child = ChildProcess.RunAsync(() => gate.EnterRead().Dispose());
            await child;
            (await gate.EnterWriteAsync()).Dispose();
            Steps.Require(gate.CurrentReadCount == 0, $"{gate.CurrentReadCount} readers are left");
        });
        await steps.TryAsync("condition", async static () =>
        {
            using var condition = new ProcessCondition();
            using var hold = condition.Enter();
            var child = ChildProcess.RunAsync(() => Pulse(condition));
            await Steps.WhileAsync(child, token =>
            {
                condition.Wait(token);
                hold.Dispose();
                return Task.CompletedTask;
            });
        });
        await steps.TryAsync("countdown", async static () =>
        {
            using var countdown = new ProcessCountdown(1);
            var child = ChildProcess.RunAsync(() => countdown.Signal());
            await Steps.WhileAsync(child, token => countdown.WaitAsync(token).AsTask());
        });
        await steps.TryAsync("barrier", async static () =>
        {
            using var barrier = new ProcessBarrier(2);
            var child = ChildProcess.RunAsync(() => barrier.SignalAndWait().IsLast);
            await Steps.WhileAsync(child, token => barrier.SignalAndWaitAsync(token).AsTask());
        });
    }

    private static void EnterAndDie(ProcessMutex mutex, ProcessEvent begun)
    {
        mutex.Enter();
        begun.Set();
        Native.ExitAtOnce(3);
    }

    private static void Pulse(ProcessCondition condition)
    {
        using (condition.Enter())
            condition.PulseAll();
    }
}
