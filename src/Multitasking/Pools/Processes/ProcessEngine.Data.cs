using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

// What workers are sent once and not with each task: the initializer, and what maps captured.
internal sealed partial class ProcessEngine
{
    private int _capturedNumber;

    /// <summary>
    /// The message with the call that each worker makes first. Written once: that may call code of the user, and workers are started under
    /// the lock; and it may be large.
    /// </summary>
    internal byte[]? Initializer { get; }

    /// <summary>What the initializer shares with all workers.</summary>
    internal Crossing InitializerCrossing { get; } = Crossing.ToMany("an initializer");

    internal override ICaptured? Capture(Delegate target) =>
        TargetInfo.Of(target) is { HasState: true } info
            ? OrderWriter.WriteCaptured(this, target, info, Interlocked.Increment(ref _capturedNumber))
            : null;

    /// <summary>A map has ended.</summary>
    internal void Drop(CapturedData captured)
    {
        lock (_lock)
        {
            captured.IsOver = true;
            foreach (var worker in _workers)
                worker.Orders.Drop(captured);
        }
    }

    private byte[] WriteInitializer(Action initializer)
    {
        var bytes = new ByteWriter { MayBorrow = true };
        bytes.WriteByte((byte)TaskKind.Initializer);
        Call.Of(initializer).Write(new GraphWriter(bytes, InitializerCrossing));
        return bytes.ToMessage();
    }
}
