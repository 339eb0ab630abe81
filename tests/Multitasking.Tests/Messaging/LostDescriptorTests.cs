using Multitasking.Contracts;
using Multitasking.Synchronization;
using Multitasking.Tests.SharedMemory;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>Messages that bring descriptors to a process that has no room for them.</summary>
[Collection(nameof(Alone))]
public sealed class LostDescriptorTests : WorkerTest
{
    [Fact]
    public async Task Reader_without_descriptors_is_told_and_reads_on()
    {
        using var channel = ProcessChannel.CreateUnbounded<object>();
        using var mutex = new ProcessMutex();
        channel.Writer.Write(mutex, Cancelled);
        channel.Writer.Write(5, Cancelled);
        using var other = new ProcessMutex();
        channel.Writer.Write(other, Cancelled);
        var reader = channel.Reader;
        string seen = await ChildProcess.RunAsync(() => ReadWithoutDescriptors(reader), cancellationToken: Cancelled);
        Assert.Equal("told, 5, ProcessMutex", seen);
    }

    [Fact]
    public async Task Call_that_brings_an_object_without_descriptors_something_shared_fails_alone()
    {
        var hoard = await SharedObject.StartAsync<IHoard>(static () => new Hoard(), cancellationToken: Cancelled);
        using var mutex = new ProcessMutex();
        hoard.TakeDescriptors();
        var failure = Assert.Throws<RemoteException>(() => hoard.Keep(mutex));
        Assert.Contains("too many open", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, hoard.Kept);
        hoard.GiveBack();
        hoard.Keep(mutex);
        Assert.Equal(1, hoard.Kept);
        SharedObject.Release(hoard);
    }

    private static string ReadWithoutDescriptors(ProcessChannelReader<object> reader)
    {
        string told;
        using (Scarcity.OfDescriptors())
        {
            try
            {
                reader.Read();
                told = "nothing";
            }
            catch (IOException exception) when (exception.Message.Contains("too many open", StringComparison.Ordinal))
            {
                told = "told";
            }
        }
        return $"{told}, {reader.Read()}, {reader.Read().GetType().Name}";
    }

    internal interface IHoard
    {
        int Kept { get; }

        void TakeDescriptors();

        void GiveBack();

        void Keep(ProcessMutex mutex);
    }

    internal sealed class Hoard : IHoard
    {
        private readonly List<ProcessMutex> _kept = [];
        private IDisposable? _taken;

        public int Kept => _kept.Count;

        public void TakeDescriptors() => _taken = Scarcity.OfDescriptors();

        public void GiveBack() => _taken!.Dispose();

        public void Keep(ProcessMutex mutex) => _kept.Add(mutex);
    }
}
