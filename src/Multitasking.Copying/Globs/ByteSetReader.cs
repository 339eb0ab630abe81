namespace Multitasking.Copying.Globs;

/// <summary>Reads what stands in brackets: <c>[abc]</c>, <c>[a-z]</c>, <c>[!a]</c> or <c>[^a]</c>, <c>[[:digit:]]</c>.</summary>
internal static class ByteSetReader
{
    private const string Unclosed = "a \"[\" in it has no \"]\"; write \"\\[\" for the character itself";

    /// <summary>Reads a set.</summary>
    /// <param name="part">The part of the pattern that it is in.</param>
    /// <param name="at">Behind the opening bracket; moved behind the closing one.</param>
    /// <returns>Which of the 256 bytes belong to it.</returns>
    /// <exception cref="FormatException">See <see cref="Glob.Parse"/>.</exception>
    internal static bool[] Read(ReadOnlySpan<byte> part, ref int at)
    {
        var members = new bool[256];
        bool isNegated = at < part.Length && part[at] is (byte)'!' or (byte)'^';
        if (isNegated)
            at++;

        // A closing bracket right at the beginning is a member.
        for (int first = at; ;)
        {
            if (at >= part.Length)
                throw new FormatException(Unclosed);
            if (part[at] == ']' && at > first)
                break;
            if (part[at..].StartsWith("[:"u8) && TryReadClass(part, ref at, members))
                continue;
            byte low = ReadMember(part, ref at);
            byte high = low;
            if (at + 1 < part.Length && part[at] == '-' && part[at + 1] != ']')
            {
                at++;
                high = ReadMember(part, ref at);
            }

            if (low > high)
                throw new FormatException("a range in it ends before it begins");
            members.AsSpan(low, high - low + 1).Fill(true);
        }

        at++;
        if (isNegated)
            for (int i = 0; i < members.Length; i++)
                members[i] = !members[i];
        return members;
    }

    private static byte ReadMember(ReadOnlySpan<byte> part, ref int at)
    {
        if (part[at] == '\\' && ++at == part.Length)
            throw new FormatException(Unclosed);
        return part[at++];
    }

    /// <summary>Takes a class, which counts ASCII characters only, as bytes have no others.</summary>
    private static bool TryReadClass(ReadOnlySpan<byte> part, ref int at, bool[] members)
    {
        ReadOnlySpan<byte> name = part[(at + 2)..];
        int end = name.IndexOf((byte)']');
        if (end < 1 || name[end - 1] != ':')
            return false;
        at += 2 + end + 1;
        Func<char, bool> isMember = name[..(end - 1)] switch
        {
            var n when n.SequenceEqual("alnum"u8) => char.IsAsciiLetterOrDigit,
            var n when n.SequenceEqual("alpha"u8) => char.IsAsciiLetter,
            var n when n.SequenceEqual("blank"u8) => static c => c is ' ' or '\t',
            var n when n.SequenceEqual("cntrl"u8) => static c => c is < ' ' or '\u007F',
            var n when n.SequenceEqual("digit"u8) => char.IsAsciiDigit,
            var n when n.SequenceEqual("graph"u8) => static c => c is > ' ' and <= '~',
            var n when n.SequenceEqual("lower"u8) => char.IsAsciiLetterLower,
            var n when n.SequenceEqual("print"u8) => static c => c is >= ' ' and <= '~',
            var n when n.SequenceEqual("punct"u8) => static c => c is > ' ' and <= '~' && !char.IsAsciiLetterOrDigit(c),
            var n when n.SequenceEqual("space"u8) => static c => c is ' ' or (>= '\t' and <= '\r'),
            var n when n.SequenceEqual("upper"u8) => char.IsAsciiLetterUpper,
            var n when n.SequenceEqual("xdigit"u8) => char.IsAsciiHexDigit,
            _ => throw new FormatException("a class \"[:...:]\" in it has an unknown name"),
        };
        for (int i = 0; i < 128; i++)
            members[i] |= isMember((char)i);
        return true;
    }
}
