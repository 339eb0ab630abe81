namespace Multitasking.Transport;

/// <summary>Asks a child to cancel one of the tokens that crossed, or all of them.</summary>
internal static class CancelFrame
{
    internal static ReadOnlyMemory<byte> ForAll { get; } = For(0);

    internal static ReadOnlyMemory<byte> For(int token)
    {
        var bytes = new ByteWriter();
        bytes.WriteNumber(token);
        return bytes.ToFrame(FrameKind.Cancel);
    }
}
