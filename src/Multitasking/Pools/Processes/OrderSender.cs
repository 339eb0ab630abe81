using System.ComponentModel;
using Multitasking.Invocation;
using Multitasking.Transport;
using static Multitasking.Interop.Constants;

namespace Multitasking.Pools.Processes;

/// <summary>
/// Sends a worker its orders, and before each what it needs there: descriptors, new words of the vocabulary, what its map captured, which
/// of its tokens are cancelled. Guarded by the pool's lock.
/// </summary>
internal sealed class OrderSender(WorkerProcess worker, Vocabulary vocabulary, DescriptorSender descriptors)
{
    private readonly HashSet<CapturedData> _captured = [];
    private int _wordsKnown;

    internal void Send(Order order)
    {
        SendDescriptors(order);
        for (; _wordsKnown < order.Words; _wordsKnown++)
            worker.Sender.Add(vocabulary.Word(_wordsKnown));
        if (order.Captured is { } captured && _captured.Add(captured))
            worker.Sender.Add(captured.Message);
        if (order.Crossing is { } crossing)
            worker.Sender.AddCancelled(crossing.Tokens);
        worker.Sender.Send(order);
        // It has been cancelled since it was written.
        if (order.Captured is { IsOver: true })
            Drop(order.Captured);
    }

    /// <summary>Tells the worker to keep what a map's target captured no longer, if it does.</summary>
    internal void Drop(CapturedData captured)
    {
        if (!_captured.Remove(captured))
            return;
        var bytes = new ByteWriter();
        bytes.WriteByte((byte)TaskKind.Drop);
        bytes.WriteNumber(captured.Number);
        worker.Sender.Send(bytes.Payload);
    }

    /// <summary>Sends the descriptors for which there was no room.</summary>
    internal void FlushDescriptors() => SendDescriptors(null);

    /// <summary>
    /// Before the message that they belong to. Without its descriptors a task cannot go on, so where they cannot be sent the worker is
    /// given up, and its orders go elsewhere.
    /// </summary>
    private void SendDescriptors(Order? order)
    {
        try
        {
            if (order is null)
                descriptors.Flush();
            else if (order.Crossing is { HasShared: true } shares)
                descriptors.Send(order.Number, shares.Descriptors());
        }
        catch (Win32Exception exception) when (exception.NativeErrorCode is EPIPE or ECONNRESET)
        {
            // It has closed its end. As a rule it is gone: how, the monitor tells, and what it answered before that counts.
            worker.Child?.Kill();
        }
        catch (Exception exception) when (exception is Win32Exception or ObjectDisposedException)
        {
            worker.Fault(exception);
        }
    }
}
