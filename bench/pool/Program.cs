// For each line that comes in, the name of a figure, measures it once and prints its numbers on a line; `-` where there is nothing to
// measure.
// bench/peers/python_pool.py speaks the same.
using System.Globalization;

var figures = new Dictionary<string, Func<Task<double[]>>>
{
    ["round-trip"] = Warm.RoundTripAsync,
    ["record"] = Warm.RecordAsync,
    ["list"] = Warm.ListAsync,
    ["map-single"] = Warm.MapSingleAsync,
    ["burst"] = Warm.BurstAsync,
    ["map-million"] = Warm.MapMillionAsync,
    ["map-captured"] = Captured.MapAsync,
    ["argument"] = Warm.ArgumentAsync,
    ["start"] = Fresh.StartAsync,
    ["replacement"] = Fresh.ReplacementAsync,
    ["cold"] = Fresh.ColdAsync,
    ["threads"] = Warm.ThreadsAsync,
};

while (Console.ReadLine() is { } name)
{
    double[] numbers = await figures[name]();
    var texts = numbers.Select(static number => number.ToString("R", CultureInfo.InvariantCulture));
    Console.WriteLine(numbers is [] ? "-" : string.Join(' ', texts));
}
