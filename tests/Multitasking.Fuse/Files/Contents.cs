namespace Multitasking.Fuse.Files;

/// <summary>The bytes of a file.</summary>
internal sealed class Contents
{
    /// <summary>No file may be larger: all of them lie in memory.</summary>
    internal const int Largest = 256 << 20;

    private byte[] _bytes = [];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    internal ReadOnlySpan<byte> Read(ulong offset, int count)
    {
        int start = (int)Math.Min(offset, (ulong)Length);
        return _bytes.AsSpan(start, Math.Min(count, Length - start));
    }

    internal FuseError Write(ulong offset, ReadOnlySpan<byte> bytes)
    {
        if (offset > (ulong)(Largest - bytes.Length))
            return FuseError.NoSpace;
        int end = (int)offset + bytes.Length;
        if (end > Length)
            Resize(end);
        bytes.CopyTo(_bytes.AsSpan((int)offset));
        return FuseError.None;
    }

    internal FuseError SetLength(ulong length)
    {
        if (length > Largest)
            return FuseError.NoSpace;
        Resize((int)length);
        return FuseError.None;
    }

    private void Resize(int length)
    {
        if (length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(length, (int)Math.Min(2L * _bytes.Length, Largest)));
        if (length < Length)
            _bytes.AsSpan(length, Length - length).Clear();
        Length = length;
    }
}
