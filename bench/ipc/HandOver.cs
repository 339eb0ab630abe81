using System.Diagnostics;
using Multitasking;

/// <summary>64 MiB for a task of a pool that has worked before: microseconds a call, the median.</summary>
internal static class HandOver
{
    private const int Size = 64 << 20, SharedCalls = 200, BytesCalls = 4;
    private const byte Mark = 7;

    private static readonly Lazy<ProcessPool> s_pool = new(static () => new ProcessPool(workers: 1));
    private static readonly Lazy<SharedArray<byte>> s_shared = new(MakeShared);
    private static readonly Lazy<byte[]> s_bytes = new(MakeBytes);

    internal static Task<double[]> SharedAsync() => GoAsync(static shared => shared.Span[^1], s_shared.Value, SharedCalls);

    internal static Task<double[]> BytesAsync() => GoAsync(static bytes => bytes[^1], s_bytes.Value, BytesCalls);

    private static async Task<double[]> GoAsync<T>(Func<T, byte> last, T argument, int calls)
    {
        double[] took = new double[calls];
        for (int i = 0; i < took.Length; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            byte mark = await s_pool.Value.RunAsync(last, argument);
            took[i] = Figure.Nanoseconds(begin) / 1e3;
            Figure.Check(mark, Mark);
        }
        return Figure.Summary(took)[..1];
    }

    private static SharedArray<byte> MakeShared()
    {
        var shared = new SharedArray<byte>(Size);
        shared.Span[^1] = Mark;
        return shared;
    }

    private static byte[] MakeBytes()
    {
        byte[] bytes = new byte[Size];
        bytes[^1] = Mark;
        return bytes;
    }
}
