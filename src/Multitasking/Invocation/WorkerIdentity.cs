using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Who a worker process is.</summary>
/// <param name="Name">The name its creator gave it, or its default.</param>
/// <param name="Path">Its place in the family: <c>2:1</c> is the first child of the second child; empty for the main process.</param>
/// <param name="IsDaemon">Whether it is a daemon, and so by default its own children.</param>
internal sealed record WorkerIdentity(string Name, string Path, bool IsDaemon)
{
    internal void Write(ByteWriter bytes)
    {
        bytes.WriteText(Name);
        bytes.WriteText(Path);
        bytes.WriteByte(IsDaemon ? (byte)1 : (byte)0);
    }

    internal static WorkerIdentity Read(ByteReader bytes) => new(bytes.ReadText(), bytes.ReadText(), bytes.ReadByte() == 1);
}
