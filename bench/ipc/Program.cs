// For each line that comes in, the name of a figure, measures it once and prints its numbers on a line; `-` where there is nothing to measure.
// bench/peers/python_ipc.py and bench/ipc/floor.c speak the same.
using System.Globalization;

var figures = new Dictionary<string, Func<Task<double[]>>>
{
    ["items-bounded"] = Items.BoundedAsync,
    ["items-unbounded"] = Items.UnboundedAsync,
    ["items-bounded-async"] = Items.BoundedAsyncAsync,
    ["items-unbounded-async"] = Items.UnboundedAsyncAsync,
    ["trip"] = Trips.OverChannelsAsync,
    ["trip-pipe"] = Trips.OverPipeAsync,
    ["trip-async"] = Trips.WithoutThreadAsync,
    ["trip-no-spin"] = Trips.OverChannelsAsync,
    ["trip-no-spin-async"] = Trips.WithoutThreadAsync,
    ["trip-one-core"] = Trips.OverChannelsAsync,
    ["trip-asleep"] = Trips.AsleepAsync,
    ["trip-asleep-async"] = Trips.AsleepWithoutThreadAsync,
    ["message-64k"] = () => Blocks.OverChannelAsync(64 << 10, 1_000),
    ["message-1m"] = () => Blocks.OverChannelAsync(1 << 20, 100),
    ["message-1m-pipe"] = () => Blocks.OverPipeAsync(1 << 20, 100),
    ["message-64m"] = () => Blocks.OverChannelAsync(64 << 20, 4),
    ["mutex"] = Locks.AloneAsync,
    ["contended"] = Locks.ContendedAsync,
    ["hand-over-shared"] = HandOver.SharedAsync,
    ["hand-over-bytes"] = HandOver.BytesAsync,
    ["wait"] = Silence.WaitAsync,
};

while (Console.ReadLine() is { } name)
{
    double[] numbers = figures.TryGetValue(name, out var figure) ? await figure() : [];
    Console.WriteLine(numbers is [] ? "-" : string.Join(' ', numbers.Select(static number => number.ToString("R", CultureInfo.InvariantCulture))));
}
