using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>The first and only order to a child: who it is, what to run, and what to do with the outcome.</summary>
internal static class InvokeMessage
{
    /// <param name="identity">Who the child will be.</param>
    /// <param name="call">What it will run.</param>
    /// <param name="wantsAnswer">Whether the outcome goes to a caller; otherwise the child prints its failure itself.</param>
    /// <param name="crossing">Receives what crosses by reference.</param>
    /// <exception cref="TargetNotSupportedException">Something cannot travel.</exception>
    internal static ReadOnlyMemory<byte> ToFrame(WorkerIdentity identity, Call call, bool wantsAnswer, Crossing crossing)
    {
        var bytes = new ByteWriter();
        identity.Write(bytes);
        bytes.WriteByte(wantsAnswer ? (byte)1 : (byte)0);
        call.Write(new GraphWriter(bytes, crossing));
        return bytes.ToFrame(FrameKind.Invoke);
    }

    internal static (WorkerIdentity Identity, bool WantsAnswer) ReadHead(ByteReader bytes) =>
        (WorkerIdentity.Read(bytes), bytes.ReadByte() == 1);
}
