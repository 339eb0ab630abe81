using System.Threading.Channels;
using Multitasking.Messaging;
using Multitasking.SharedMemory;

namespace Multitasking;

/// <summary>
/// A channel between processes: any number of them write, any number read, and each message goes to one reader. It is used as <see cref="Channel{T}"/> is, within a process too. The channel, or one of its ends, is
/// passed to another process as an argument, a captured variable, or in a message of another channel.
/// </summary>
/// <typeparam name="T">What messages are: anything that can travel to a child.</typeparam>
/// <remarks>
/// <para>It has no name and leaves nothing behind: its memory is gone with the last process that holds it. Whoever is killed in the middle of reading or writing loses that message at most, and holds nobody up.</para>
/// <para>Reading ends when some process completes the channel, or when no process holds a writer any more. A process that makes a channel for others to write to is itself one that could write, until it disposes of
/// <see cref="Writer"/>.</para>
/// <para>All members are safe for use from several threads at once.</para>
/// </remarks>
/// <example>
/// <code>
/// using var channel = ProcessChannel.CreateBounded&lt;string&gt;(100);
/// var writer = channel.Writer;
/// var child = ChildProcess.Start(() => { writer.Write("done"); });
/// Console.WriteLine(await channel.Reader.ReadAsync());
/// </code>
/// </example>
public sealed class ProcessChannel<T> : Channel<T>, IDisposable, ISharedObject
{
    internal ProcessChannel(SegmentLease reader, SegmentLease writer) => Begin(reader, writer);

    /// <summary>Where to read.</summary>
    public new ProcessChannelReader<T> Reader => (ProcessChannelReader<T>)base.Reader;

    /// <summary>Where to write.</summary>
    public new ProcessChannelWriter<T> Writer => (ProcessChannelWriter<T>)base.Writer;

    SharedReference ISharedObject.Reference
    {
        get
        {
            var (reader, writer) = (Reader.Lease, Writer.Lease);
            int role = (reader.IsReturned ? 0 : ChannelCore.ReaderRole) | (writer.IsReturned ? 0 : ChannelCore.WriterRole);
            ObjectDisposedException.ThrowIf(role == 0, this);
            var lease = reader.IsReturned ? writer : reader;
            return new SharedReference(lease, lease.Segment.Core<ChannelCore>().Capacity) { Role = role };
        }
    }

    /// <summary>Disposes of both ends.</summary>
    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }

    void ISharedObject.Arrive(SharedArrival arrival)
    {
        long capacity = arrival.First;
        MessageCodec<T>.Check();
        var lease = arrival.Open(segment => new ChannelCore(segment, capacity));
        // One end may have been disposed of where it comes from.
        var reader = lease.Share(ChannelCore.ReaderRole & lease.Role);
        var writer = lease.Share(ChannelCore.WriterRole & lease.Role);
        if (reader.Role == 0)
            reader.Dispose();
        if (writer.Role == 0)
            writer.Dispose();
        lease.Dispose();
        Begin(reader, writer);
    }

    private void Begin(SegmentLease reader, SegmentLease writer)
    {
        base.Reader = new ProcessChannelReader<T>(reader);
        base.Writer = new ProcessChannelWriter<T>(writer);
    }
}
