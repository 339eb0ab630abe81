using System.Diagnostics;
using Multitasking;

/// <summary>A message of 64 bytes to a child and back, one at a time: median, mean and 99th percentile, microseconds.</summary>
internal sealed class Trips
{
    private const int Count = 10_000, RestedCount = 200, Rest = 1;

    private static readonly Lazy<Trips> s_channels = new(static () => OverChannels(Echo));
    private static readonly Lazy<Trips> s_pipe = new(static () => OverPipe(Echo));
    private static readonly Lazy<Trips> s_withoutThread = new(static () => OverChannels(EchoAsync));

    private readonly ProcessChannelWriter<Message> _there;
    private readonly ProcessChannelReader<Message> _back;

    private Trips(ProcessChannelWriter<Message> there, ProcessChannelReader<Message> back) => (_there, _back) = (there, back);

    internal static Task<double[]> OverChannelsAsync() => Task.FromResult(s_channels.Value.Go(Count, 0));

    internal static Task<double[]> OverPipeAsync() => Task.FromResult(s_pipe.Value.Go(Count, 0));

    internal static Task<double[]> WithoutThreadAsync() => s_withoutThread.Value.GoAsync(Count, 0);

    /// <summary>Both sleep for a moment before they speak, so that the other has stopped looking; the rests are left out.</summary>
    internal static Task<double[]> AsleepAsync() => Task.FromResult(s_channels.Value.Go(RestedCount, Rest));

    /// <inheritdoc cref="AsleepAsync"/>
    internal static Task<double[]> AsleepWithoutThreadAsync() => s_withoutThread.Value.GoAsync(RestedCount, Rest);

    private static Trips OverChannels(Delegate echo)
    {
        var there = ProcessChannel.CreateBounded<Message>(16);
        var back = ProcessChannel.CreateBounded<Message>(16);
        new ChildProcess(echo, args: [there.Reader, back.Writer]) { IsDaemon = true }.Start();
        return new Trips(there.Writer, back.Reader);
    }

    private static Trips OverPipe(Delegate echo)
    {
        var (near, far) = DuplexPipe.Create<Message>();
        new ChildProcess(echo, args: [far.Reader, far.Writer]) { IsDaemon = true }.Start();
        return new Trips(near.Writer, near.Reader);
    }

    private static void Echo(ProcessChannelReader<Message> there, ProcessChannelWriter<Message> back)
    {
        while (true)
            back.Write(Answered(there.Read()));
    }

    private static async Task EchoAsync(ProcessChannelReader<Message> there, ProcessChannelWriter<Message> back)
    {
        while (true)
            await back.WriteAsync(Answered(await there.ReadAsync()));
    }

    private static Message Answered(Message message)
    {
        if (message.Rest > 0)
        {
            long begin = Stopwatch.GetTimestamp();
            Thread.Sleep(message.Rest);
            message.Rested = Stopwatch.GetTimestamp() - begin;
        }
        return message;
    }

    private double[] Go(int count, int rest)
    {
        double[] took = new double[count];
        for (int i = 0; i < took.Length; i++)
        {
            if (rest > 0)
                Thread.Sleep(rest);
            long begin = Stopwatch.GetTimestamp();
            _there.Write(new Message { Number = i, Rest = rest });
            took[i] = Took(begin, i, _back.Read());
        }
        return Figure.Summary(took);
    }

    private async Task<double[]> GoAsync(int count, int rest)
    {
        double[] took = new double[count];
        for (int i = 0; i < took.Length; i++)
        {
            if (rest > 0)
                Thread.Sleep(rest);
            long begin = Stopwatch.GetTimestamp();
            await _there.WriteAsync(new Message { Number = i, Rest = rest });
            took[i] = Took(begin, i, await _back.ReadAsync());
        }
        return Figure.Summary(took);
    }

    private static double Took(long begin, int number, Message answer)
    {
        double took = Figure.Nanoseconds(begin + answer.Rested) / 1e3;
        Figure.Check(answer.Number, number);
        return took;
    }
}
