namespace Multitasking.Copying.Globs;

/// <summary>Reads what stands between two slashes of a pattern.</summary>
internal static class GlobPartReader
{
    /// <summary>Where the first part of a pattern ends: at a slash, or at the end.</summary>
    internal static int EndOfPart(ReadOnlySpan<byte> pattern)
    {
        int slash = pattern.IndexOf((byte)'/');
        return slash < 0 ? pattern.Length : slash;
    }

    /// <summary>Reads a part.</summary>
    /// <exception cref="FormatException">See <see cref="Glob.Parse"/>.</exception>
    internal static GlobPart Read(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
            throw new FormatException("it has two slashes in a row, which no path has");
        if (part.SequenceEqual("."u8) || part.SequenceEqual(".."u8))
            throw new FormatException("it has a part \".\" or \"..\", and paths are compared without such parts");
        var symbols = new List<ushort>(part.Length);
        var sets = new List<bool[]>();
        for (int at = 0; at < part.Length;)
        {
            byte value = part[at++];
            switch (value)
            {
                case (byte)'*':
                    if (symbols is not [.., GlobPart.Star])
                        symbols.Add(GlobPart.Star);
                    break;
                case (byte)'?':
                    symbols.Add(GlobPart.AnyByte);
                    break;
                case (byte)'[':
                    if (sets.Count == ushort.MaxValue - GlobPart.FirstSet)
                        throw new FormatException("it has too many sets of characters");
                    symbols.Add((ushort)(GlobPart.FirstSet + sets.Count));
                    sets.Add(ByteSetReader.Read(part, ref at));
                    break;
                case (byte)'\\':
                    if (at == part.Length)
                        throw new FormatException("a backslash in it stands before nothing that it could escape");
                    symbols.Add(part[at++]);
                    break;
                default:
                    symbols.Add(value);
                    break;
            }
        }

        return new GlobPart([.. symbols], [.. sets]);
    }
}
