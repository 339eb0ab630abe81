using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>The first and only order to a child: who it is, what to run, and what to do with the outcome.</summary>
internal static class InvokeMessage
{
    /// <param name="program">Which program it belongs to.</param>
    /// <param name="identity">Who the child will be.</param>
    /// <param name="call">What it will run.</param>
    /// <param name="culture">In which cultures it will; <see langword="null"/> for the usual ones.</param>
    /// <param name="wantsAnswer">Whether the outcome goes to a caller; otherwise the child prints its failure itself.</param>
    /// <param name="crossing">Receives what crosses by reference.</param>
    /// <exception cref="TargetNotSupportedException">Something cannot travel.</exception>
    internal static ReadOnlyMemory<byte> ToFrame(
        ProgramIdentity program, WorkerIdentity identity, Call call, CallerCulture? culture, bool wantsAnswer, Crossing crossing)
    {
        var bytes = new ByteWriter();
        program.Write(bytes);
        identity.Write(bytes);
        bytes.WriteByte(wantsAnswer ? (byte)1 : (byte)0);
        CallerCulture.Write(new GraphWriter(bytes, crossing), culture);
        call.Write(new GraphWriter(bytes, crossing));
        return bytes.ToFrame(FrameKind.Invoke);
    }

    /// <summary>Reads as far as the call itself, and makes this process what it says.</summary>
    internal static (WorkerIdentity Identity, bool WantsAnswer) ReadHead(ByteReader bytes)
    {
        ProgramIdentity.Read(bytes).Adopt();
        var head = (WorkerIdentity.Read(bytes), bytes.ReadByte() == 1);
        // Before the call is read: collections are sorted anew as the culture says.
        CallerCulture.EnterProcess(CallerCulture.Read(new GraphReader(bytes, new ParentTypes(), Arrival.Nothing)));
        return head;
    }
}
