using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

/// <summary>
/// What a map's target captured, written once: a worker is sent it before its first chunk of the map, keeps the bytes and reads them anew
/// for each chunk.
/// </summary>
/// <param name="engine">The pool.</param>
/// <param name="number">By which chunks refer to it.</param>
/// <param name="message">The message to a worker, with its length before it.</param>
/// <param name="crossing">What crosses by reference with it, and so with each chunk.</param>
internal sealed class CapturedData(ProcessEngine engine, int number, byte[] message, Crossing crossing) : ICaptured
{
    internal int Number { get; } = number;

    internal MessagePart Message { get; } = new(message, 0, message.Length);

    /// <summary>The types of what it holds.</summary>
    internal Type[] Sent { get; init; } = [];

    /// <summary>Tells whether its map has ended, so that no worker keeps it any longer. Guarded by the pool's lock.</summary>
    internal bool IsOver { get; set; }

    /// <summary>What crosses with a chunk before it has any item; <see langword="null"/> for nothing.</summary>
    internal Crossing? NewCrossing() => crossing.IsEmpty ? null : crossing.Copy();

    public void Dispose()
    {
        engine.Drop(this);
        crossing.Release();
    }
}
