namespace Multitasking.Transport;

/// <summary>Where the rest of a payload comes from that is read while it arrives.</summary>
internal interface IByteSource
{
    /// <summary>Waits for bytes until the whole of <paramref name="destination"/> is filled.</summary>
    void Fill(Span<byte> destination);
}
