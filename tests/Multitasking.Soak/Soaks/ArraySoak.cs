using System.Diagnostics;

namespace Multitasking.Soak.Soaks;

/// <summary>A shared array of several GiB, filled and summed by two workers, and many small ones that are passed on and dropped: no mapping or descriptor stays.</summary>
internal static class ArraySoak
{
    private const int PartLength = 1 << 20;

    internal static async Task RunAsync(Settings settings)
    {
        await using (var pool = new ProcessPool(workers: 2))
        {
            await pool.RunAsync(static () => { });
            await BigAsync(pool, (long)settings["megabytes"] << 20);
            await ManyAsync(pool, settings["arrays"]);
            await Measures.RequireSoonAsync(
                static () =>
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    return Descriptors == 0 && Mappings == 0;
                },
                static () => $"{Descriptors} descriptors and {Mappings} mappings of arrays are left");
            int[] left = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => pool.RunAsync(static () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return Mappings;
            })));
            Measures.Require(left.All(static count => count == 0), $"a worker still has {left.Max()} arrays");
        }
        Measures.Require(Measures.Children.Count == 0, "a worker is left");
    }

    private static int Descriptors => Measures.DescriptorKinds.Where(static kind => kind.Key.StartsWith("/memfd:multitasking-array", StringComparison.Ordinal)).Sum(static kind => kind.Value);

    private static int Mappings => File.ReadLines("/proc/self/maps").Count(static line => line.Contains("multitasking-array", StringComparison.Ordinal));

    private static async Task BigAsync(ProcessPool pool, long bytes)
    {
        long start = Stopwatch.GetTimestamp();
        using var array = new SharedArray<long>(bytes / sizeof(long));
        Measures.Say($"an array of {bytes >> 20} MB: made in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
        start = Stopwatch.GetTimestamp();
        var parts = Enumerable.Range(0, (int)(array.Length / PartLength)).ToArray();
        await pool.ForEachAsync(parts, part =>
        {
            long first = (long)part * PartLength;
            foreach (ref long element in array.Slice(first, PartLength))
                element = first++;
        });
        Measures.Say($"filled by two workers in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
        using var view = array.AsReadOnly();
        long sum = 0;
        foreach (long part in await pool.MapAsync(parts, part => Sum(view.Slice((long)part * PartLength, PartLength))))
            sum += part;
        long length = (long)parts.Length * PartLength;
        Measures.Require(sum == (length % 2 == 0 ? length / 2 * (length - 1) : (length - 1) / 2 * length), "an element is wrong");
        array.Fill(-1);
        Measures.Require(array[0] == -1 && array[array.Length - 1] == -1, "not all elements were filled");
    }

    private static long Sum(ReadOnlySpan<long> elements)
    {
        long sum = 0;
        foreach (long element in elements)
            sum += element;
        return sum;
    }

    private static async Task ManyAsync(ProcessPool pool, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i += 100)
        {
            var arrays = Enumerable.Range(i, 100).Select(static number =>
            {
                var array = new SharedArray<int>(1000);
                array[999] = number;
                return array;
            }).ToArray();
            int[] seen = await pool.MapAsync(arrays, static array => array.Span[999]);
            Measures.Require(seen.SequenceEqual(Enumerable.Range(i, 100)), "an array arrived with another's contents");
            // Half of them are forgotten instead.
            foreach (var array in arrays.Take(50))
                array.Dispose();
        }
        Measures.Say($"{count} arrays passed on and dropped in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
    }
}
