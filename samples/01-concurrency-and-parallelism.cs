#:project ../src/Multitasking/Multitasking.csproj

// Two processes do the same work twice: first they share one core and take turns (concurrency), then each may have its own and they
// run truly at once (parallelism). Each draws when it ran, two milliseconds a column, so the two pictures show the difference.

using System.Diagnostics;
using System.Numerics;
using System.Runtime.Versioning;
using Multitasking;

[assembly: SupportedOSPlatform("linux")]

const int Column = 2, Work = 64;

int firstCore = BitOperations.TrailingZeroCount(Process.GetCurrentProcess().ProcessorAffinity);
var oneCore = Perform([firstCore], "Concurrency: both on one core");
if (Environment.ProcessorCount == 1)
{
    Console.WriteLine("This computer has one core, so parallelism cannot be shown on it.");
    return;
}
var allCores = Perform(null, $"Parallelism: both on all {Environment.ProcessorCount} cores");
Console.WriteLine($"On all cores the same work took {allCores / oneCore:P0} of the time.");

static TimeSpan Perform(int[]? processors, string title)
{
    Console.WriteLine(title);
    // Both begin at one instant, late enough for both to be there.
    long begin = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 2;
    var group = new ProcessGroup { Processors = processors };
    new ChildProcess(WorkAndDraw, args: ["sing", begin], group: group).Start();
    new ChildProcess(WorkAndDraw, args: ["dance", begin], group: group).Start();
    group.Join();
    var time = Stopwatch.GetElapsedTime(begin);
    Console.WriteLine($"  both done after {time.TotalMilliseconds:F0} ms");
    Console.WriteLine();
    return time;
}

static void WorkAndDraw(string name, long begin)
{
    var columns = new List<double>();
    double ran = 0, before = 0;
    while (ran < Work)
    {
        double now = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        double step = now - before;
        before = now;
        // A process that looks at the clock all the time finds a gap where another one had the core.
        if (now < 0 || step > 0.5)
            continue;
        int column = (int)(now / Column);
        while (columns.Count <= column)
            columns.Add(0);
        columns[column] += step / Column;
        ran += step;
    }
    string bars = string.Concat(columns.Select(share => " ░▒▓█"[(int)Math.Min(4, share * 4.5)]));
    Console.WriteLine($"  {name,-5} |{bars}|");
}
