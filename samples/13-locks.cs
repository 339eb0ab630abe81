#:project ../src/Multitasking/Multitasking.csproj

// Four processes count in one number that they share. Without a lock, some counts get lost; with one, none does.
// The last process is killed while it holds the lock: the next one gets it all the same, and is told.

using Multitasking;
using Multitasking.Synchronization;

const int Processes = 4, Rounds = 500_000;

using var count = new SharedValue<int>();
using var mutex = new ProcessMutex();
using var start = new ProcessBarrier(Processes);

Run(() => CountUp(null));
Console.WriteLine($"without a lock: {count.Value} of {Processes * Rounds}");

count.Value = 0;
Run(() => CountUp(mutex));
Console.WriteLine($"with a lock: {count.Value} of {Processes * Rounds}");

using var isHeld = new ProcessEvent(EventReset.Manual);
var greedy = ChildProcess.Start(() =>
{
    mutex.Enter();
    isHeld.Set();
    Thread.Sleep(Timeout.Infinite);
});
isHeld.Wait();
greedy.Kill();
using (var hold = mutex.Enter())
    Console.WriteLine(hold.OwnerDied ? "the lock is mine: its owner died" : "the lock is mine");

void Run(Action target)
{
    var children = Enumerable.Range(0, Processes).Select(_ => ChildProcess.Start(target)).ToList();
    children.ForEach(child => child.Join());
}

void CountUp(ProcessMutex? mutex)
{
    start.SignalAndWait();
    for (int i = 0; i < Rounds; i++)
    {
        using var hold = mutex?.Enter();
        count.Value++;
    }
}
