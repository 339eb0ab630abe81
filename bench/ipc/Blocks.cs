using System.Diagnostics;
using Multitasking;

/// <summary>A child sends arrays when it is told, and this process receives them: GB a second.</summary>
internal sealed class Blocks
{
    private static readonly Lazy<Blocks> s_channel = new(OverChannel);
    private static readonly Lazy<Blocks> s_pipe = new(OverPipe);

    private readonly ProcessChannelReader<byte[]> _blocks;
    private readonly ProcessChannel<long> _orders;

    private Blocks(ProcessChannelReader<byte[]> blocks, ProcessChannel<long> orders) => (_blocks, _orders) = (blocks, orders);

    internal static Task<double[]> OverChannelAsync(int size, int count) => Task.FromResult(s_channel.Value.Receive(size, count));

    internal static Task<double[]> OverPipeAsync(int size, int count) => Task.FromResult(s_pipe.Value.Receive(size, count));

    private static Blocks OverChannel()
    {
        var blocks = ProcessChannel.CreateBounded<byte[]>(4);
        return new Blocks(blocks.Reader, StartSender(blocks.Writer));
    }

    private static Blocks OverPipe()
    {
        var (near, far) = DuplexPipe.Create<byte[]>();
        return new Blocks(near.Reader, StartSender(far.Writer));
    }

    private static ProcessChannel<long> StartSender(ProcessChannelWriter<byte[]> blocks)
    {
        var orders = ProcessChannel.CreateBounded<long>(2);
        new ChildProcess(Send, args: [orders.Reader, blocks]) { IsDaemon = true }.Start();
        return orders;
    }

    private static void Send(ProcessChannelReader<long> orders, ProcessChannelWriter<byte[]> blocks)
    {
        while (true)
        {
            byte[] block = new byte[orders.Read()];
            long count = orders.Read();
            for (long i = 0; i < count; i++)
            {
                block[0] = block[^1] = (byte)i;
                blocks.Write(block);
            }
        }
    }

    private double[] Receive(int size, int count)
    {
        long begin = Stopwatch.GetTimestamp();
        _orders.Writer.Write(size);
        _orders.Writer.Write(count);
        for (int i = 0; i < count; i++)
        {
            byte[] block = _blocks.Read();
            Figure.Check(block.Length, size);
            Figure.Check(block[0] << 8 | block[^1], (byte)i << 8 | (byte)i);
        }
        return [(double)size * count / Figure.Nanoseconds(begin)];
    }
}
