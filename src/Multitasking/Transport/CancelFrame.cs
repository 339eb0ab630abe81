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

    /// <param name="task">The task's number in its worker.</param>
    /// <param name="token">The token's number in the task; 0 for all.</param>
    internal static ReadOnlyMemory<byte> For(long task, int token)
    {
        var bytes = new ByteWriter();
        bytes.WriteBlock(BitConverter.GetBytes(task));
        bytes.WriteNumber(token);
        return bytes.ToFrame(FrameKind.CancelTask);
    }
}
