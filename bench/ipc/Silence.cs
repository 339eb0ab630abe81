using Multitasking;

/// <summary>Waiting for what never comes, in this process and a child, with and without a thread: it is to cost nothing.</summary>
internal static class Silence
{
    private static readonly List<object> s_kept = [];

    internal static Task<double[]> WaitAsync()
    {
        var channel = ProcessChannel.CreateBounded<int>(1);
        s_kept.Add(channel);
        new ChildProcess(Wait, args: [channel]) { IsDaemon = true }.Start();
        new Thread(() => channel.Reader.Read()) { IsBackground = true }.Start();
        s_kept.Add(channel.Reader.ReadAsync().AsTask());
        return Task.FromResult<double[]>([0]);
    }

    private static void Wait(ProcessChannel<int> channel) => channel.Reader.Read();
}
