using System.Diagnostics;
using Multitasking.Synchronization;

namespace Multitasking.Soak.Soaks;

/// <summary>Kills processes at random moments while they use locks: the others get them within moments, no permit is lost, nothing is left behind.</summary>
internal static class LockSoak
{
    internal static async Task RunAsync(Settings settings)
    {
        int kills = settings["kills"], workers = settings["workers"];
        int descriptors = Measures.Descriptors;
        var longest = TimeSpan.Zero;
        int told = 0;
        using (var mutex = new ProcessMutex())
        using (var semaphore = new ProcessSemaphore(2, 2))
        using (var condition = new ProcessCondition())
        using (var begun = new ProcessSemaphore(0))
        {
            var random = new Random(settings["seed"]);
            var children = new List<ChildProcess>();
            for (int i = 0; i < kills; i++)
            {
                while (children.Count < workers)
                {
                    var child = new ChildProcess(() => Use(mutex, semaphore, condition, begun)) { IsDaemon = true };
                    child.Start();
                    children.Add(child);
                    Measures.Require(await begun.TryWaitAsync(TimeSpan.FromSeconds(60)), "a child did not begin");
                }
                Measures.Spin(random.Next(2000));
                int victim = random.Next(children.Count);
                children[victim].Kill();
                long killed = Stopwatch.GetTimestamp();
                Measures.Require(mutex.TryEnter(TimeSpan.FromSeconds(10), out var hold), $"kill {i}: the mutex is wedged");
                told += hold.OwnerDied ? 1 : 0;
                hold.Dispose();
                Measures.Require(semaphore.TryEnter(TimeSpan.FromSeconds(10), out var permit), $"kill {i}: the semaphore is wedged");
                permit!.Dispose();
                Measures.Require(condition.TryEnter(TimeSpan.FromSeconds(10), out var inside), $"kill {i}: the condition is wedged");
                inside.Dispose();
                if (Stopwatch.GetElapsedTime(killed) is var time && time > longest)
                    longest = time;
                await children[victim].JoinAsync();
                children.RemoveAt(victim);
            }
            foreach (var child in children)
            {
                child.Kill();
                await child.JoinAsync();
            }
            await Measures.RequireSoonAsync(() => semaphore.CurrentCount == 2, () => $"{semaphore.CurrentCount} of 2 permits are left");
        }
        Measures.Say($"{kills} kills: {told} owners of the mutex; all three locks entered again after {longest.TotalMilliseconds:0} ms at most");
        await Measures.RequireSoonAsync(() => Measures.Children.Count == 0, () => "a child is left");
        await Measures.RequireSoonAsync(() => Measures.Descriptors <= descriptors + 8, () => $"{Measures.Descriptors} descriptors are left of {descriptors}");
    }

    private static void Use(ProcessMutex mutex, ProcessSemaphore semaphore, ProcessCondition condition, ProcessSemaphore begun)
    {
        begun.Release();
        while (true)
        {
            using (mutex.Enter())
                Measures.Spin(3);
            using (semaphore.Enter())
                Measures.Spin(3);
            using (condition.Enter())
            {
                condition.Pulse();
                condition.TryWait(TimeSpan.FromMicroseconds(100));
            }
        }
    }
}
