using System.Diagnostics;
using Multitasking;

/// <summary>A child writes a million numbers when it is told, and this process reads them: nanoseconds an item.</summary>
internal sealed class Items
{
    private const int Count = 1_000_000, Capacity = 1024;

    private static readonly Lazy<Items> s_bounded = new(static () => new Items(ProcessChannel.CreateBounded<int>(Capacity), Write));
    private static readonly Lazy<Items> s_unbounded = new(static () => new Items(ProcessChannel.CreateUnbounded<int>(), Write));
    private static readonly Lazy<Items> s_boundedAsync = new(static () => new Items(ProcessChannel.CreateBounded<int>(Capacity), WriteAsync));
    private static readonly Lazy<Items> s_unboundedAsync = new(static () => new Items(ProcessChannel.CreateUnbounded<int>(), WriteAsync));

    private readonly ProcessChannel<int> _items;
    private readonly ProcessChannel<int> _orders = ProcessChannel.CreateBounded<int>(1);

    private Items(ProcessChannel<int> items, Delegate write)
    {
        _items = items;
        new ChildProcess(write, args: [_orders, items]) { IsDaemon = true }.Start();
    }

    internal static Task<double[]> BoundedAsync() => Task.FromResult(s_bounded.Value.Read());

    internal static Task<double[]> UnboundedAsync() => Task.FromResult(s_unbounded.Value.Read());

    internal static Task<double[]> BoundedAsyncAsync() => s_boundedAsync.Value.ReadAsync();

    internal static Task<double[]> UnboundedAsyncAsync() => s_unboundedAsync.Value.ReadAsync();

    private static void Write(ProcessChannel<int> orders, ProcessChannel<int> items)
    {
        while (true)
        {
            int count = orders.Reader.Read();
            for (int i = 0; i < count; i++)
                items.Writer.Write(i);
        }
    }

    private static async Task WriteAsync(ProcessChannel<int> orders, ProcessChannel<int> items)
    {
        while (true)
        {
            int count = await orders.Reader.ReadAsync();
            for (int i = 0; i < count; i++)
                await items.Writer.WriteAsync(i);
        }
    }

    private double[] Read()
    {
        long sum = 0, begin = Stopwatch.GetTimestamp();
        _orders.Writer.Write(Count);
        for (int i = 0; i < Count; i++)
            sum += _items.Reader.Read();
        return Answer(begin, sum);
    }

    private async Task<double[]> ReadAsync()
    {
        long sum = 0, begin = Stopwatch.GetTimestamp();
        int left = Count;
        await _orders.Writer.WriteAsync(Count);
        await foreach (int item in _items.Reader.ReadAllAsync())
        {
            sum += item;
            if (--left == 0)
                break;
        }
        return Answer(begin, sum);
    }

    private static double[] Answer(long begin, long sum)
    {
        double took = Figure.Nanoseconds(begin);
        Figure.Check(sum, (long)Count * (Count - 1) / 2);
        return [took / Count];
    }
}
