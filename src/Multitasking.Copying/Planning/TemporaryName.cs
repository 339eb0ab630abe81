namespace Multitasking.Copying.Planning;

/// <summary>
/// The name of what is not complete yet: <c>.NAME.mtcopy-TTTTTTTTWW</c>, where T is the <see cref="RunToken"/> and W the
/// worker. Long names are cut, between characters, to stay within the 255 bytes that file systems allow.
/// </summary>
internal static class TemporaryName
{
    internal const int MaxNameLength = 255;
    internal const int WorkerLength = 2;

    private const int TailLength = 8 + RunToken.Length + WorkerLength;
    private const int MaxStemLength = MaxNameLength - 1 - TailLength;

    private static ReadOnlySpan<byte> Marker => ".mtcopy-"u8;

    /// <summary>Writes the name and its NUL; the buffer must hold 256 bytes.</summary>
    internal static void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> token, int worker, Span<byte> buffer)
    {
        ReadOnlySpan<byte> stem = Stem(name);
        buffer[0] = (byte)'.';
        stem.CopyTo(buffer[1..]);
        Span<byte> tail = buffer[(1 + stem.Length)..];
        Marker.CopyTo(tail);
        token.CopyTo(tail[8..]);
        tail[16] = RunToken.Digit(worker >> 5);
        tail[17] = RunToken.Digit(worker);
        tail[18] = 0;
    }

    internal static bool IsTemporary(ReadOnlySpan<byte> name)
    {
        if (name.Length < 1 + TailLength || name[0] != '.' || !name[^TailLength..].StartsWith(Marker))
            return false;
        foreach (byte character in name[^(RunToken.Length + WorkerLength)..])
            if (!RunToken.IsDigit(character))
                return false;
        return true;
    }

    internal static ReadOnlySpan<byte> TokenOf(ReadOnlySpan<byte> temporary) =>
        temporary.Slice(temporary.Length - RunToken.Length - WorkerLength, RunToken.Length);

    /// <summary>Whether the temporary name was made of exactly this name. Never true of a name that had to be cut.</summary>
    internal static bool IsFor(ReadOnlySpan<byte> temporary, ReadOnlySpan<byte> name) =>
        name.Length <= MaxStemLength && temporary[1..^TailLength].SequenceEqual(name);

    private static ReadOnlySpan<byte> Stem(ReadOnlySpan<byte> name)
    {
        if (name.Length <= MaxStemLength)
            return name;
        int length = MaxStemLength;
        while (length > MaxStemLength - 3 && (name[length] & 0xC0) == 0x80)
            length--;
        return name[..length];
    }
}
