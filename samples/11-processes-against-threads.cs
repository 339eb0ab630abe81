#:project ../src/Multitasking/Multitasking.csproj

// The same work is done in processes and in threads, and a table shows what one of each costs to create, how much memory it holds and
// how much faster all cores are than one. Below it stands where .NET differs from the rule that only processes can use several cores.

using System.Diagnostics;
using Multitasking;

int cores = Math.Min(Environment.ProcessorCount, 4);
Worker NewProcess(Delegate target, int arg) => new ChildProcess(target, args: [arg]) { IsDaemon = true };
Worker NewThread(Delegate target, int arg) => new ChildThread(target, args: [arg]) { IsDaemon = true };

Console.WriteLine($"{"",-22}{"a process",16}{"a thread",16}");
Console.WriteLine($"{"create, run and end",-22}{CostToCreate(NewProcess),13:F2} ms{CostToCreate(NewThread),13:F2} ms");
Console.WriteLine($"{"memory of its own",-22}{MemoryOfOne(NewProcess),13:F2} MB{MemoryOfOne(NewThread),13:F2} MB");
if (cores > 1)
    Console.WriteLine($"{$"{cores} jobs on {cores} cores",-22}{SpeedUp(NewProcess),6:F1} x as fast{SpeedUp(NewThread),6:F1} x as fast");
Console.WriteLine();
Console.WriteLine(cores > 1
    ? "\"Threads cannot use several cores\" holds for Python, whose interpreter lock lets one run at a time. In .NET they use all, as the last line of the table shows on a computer with nothing else to do."
    : "There is one core here, so no speed-up can be shown. With more of them .NET's threads use them all, unlike Python's.");
Console.WriteLine("So threads are the cheap way to many cores; a process is worth its price where work may crash, leak or hang: it can be killed alone.");

double CostToCreate(Func<Delegate, int, Worker> create)
{
    var times = Enumerable.Range(0, 11).Select(_ => Time(() => Run(create, Idle, 0, workers: 1))).Order();
    return times.ElementAt(5).TotalMilliseconds;
}

double MemoryOfOne(Func<Delegate, int, Worker> create)
{
    const int Workers = 10;
    double before = MegabytesInUse();
    for (int i = 0; i < Workers; i++)
        create(Idle, Timeout.Infinite).Start();
    Thread.Sleep(1000);
    return (MegabytesInUse() - before) / Workers;
}

double SpeedUp(Func<Delegate, int, Worker> create)
{
    var oneForAll = Time(() => Run(create, Compute, cores, workers: 1));
    var oneForEach = Time(() => Run(create, Compute, 1, workers: cores));
    return oneForAll / oneForEach;
}

static TimeSpan Time(Action action)
{
    long begin = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(begin);
}

static void Run(Func<Delegate, int, Worker> create, Action<int> target, int arg, int workers)
{
    var all = Enumerable.Range(0, workers).Select(_ => create(target, arg)).ToList();
    all.ForEach(worker => worker.Start());
    all.ForEach(worker => worker.Join());
}

static void Idle(int milliseconds) => Thread.Sleep(milliseconds);

static void Compute(int jobs)
{
    uint x = 1;
    for (long i = 0; i < jobs * 200_000_000L; i++)
        x = (x * 1664525) + 1013904223;
}

// What this process and its children would give back to the system if they ended: pages that nobody shares with them.
static double MegabytesInUse() =>
    ChildProcess.ActiveChildren.Select(child => child.Id).Append(Environment.ProcessId)
        .SelectMany(id => File.ReadLines($"/proc/{id}/smaps_rollup"))
        .Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])) / 1024;
