namespace Multitasking.Transport;

/// <summary>Reads one frame's payload. Whatever the bytes say, it never reads outside them nor takes memory for more than they hold.</summary>
internal sealed class ByteReader(ReadOnlyMemory<byte> payload)
{
    private readonly ReadOnlyMemory<byte> _payload = payload;
    private int _at;

    internal int Length => _payload.Length;

    internal int Left => _payload.Length - _at;

    internal byte ReadByte() => Take(1)[0];

    internal int ReadNumber()
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte part = ReadByte();
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
                return (int)value;
        }
        throw Malformed("a number of more than five bytes");
    }

    /// <summary>A count of things that each take at least <paramref name="sizeOfEach"/> bytes of what is left.</summary>
    internal int ReadCount(int sizeOfEach = 1)
    {
        int count = ReadNumber();
        if (count < 0 || (long)count * sizeOfEach > Left)
            throw Malformed($"a count of {count} with {Left} bytes left");
        return count;
    }

    internal unsafe string ReadText()
    {
        int length = ReadCount(sizeof(char));
        fixed (byte* first = Take(length * sizeof(char)))
            return new string((char*)first, 0, length);
    }

    internal ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Left)
            throw Malformed($"{count} bytes wanted and {Left} left");
        var span = _payload.Span.Slice(_at, count);
        _at += count;
        return span;
    }

    internal static InvalidDataException Malformed(string what, Exception? inner = null) =>
        new($"The message from the other process is malformed: {what}.", inner);
}
