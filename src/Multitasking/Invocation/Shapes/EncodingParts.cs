using System.Text;
using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>What an encoding is made of.</summary>
/// <param name="CodePage">Its number.</param>
/// <param name="IsMarked">Says whether a text begins with its mark.</param>
/// <param name="IsStrict">Says whether it was made to throw at what is no text, which cannot be changed of it.</param>
/// <param name="IsOwn">Says whether it is a copy of its program's own, which can be changed.</param>
/// <param name="OfWriting">What stands for characters that it does not have; "" for what it has by itself, which comes last.</param>
/// <param name="OfReading">The same for bytes that are no characters.</param>
internal sealed record EncodingParts(
    int CodePage, bool IsMarked, bool IsStrict, bool IsOwn, EncodingParts.Fallback OfWriting, EncodingParts.Fallback OfReading)
{
    internal enum Kind : byte
    {
        ByItself,
        Throws,
        Replaces,
    }

    /// <returns><see langword="null"/> where a fallback is none of the framework's that everybody may use.</returns>
    internal static EncodingParts? Of(Encoding encoding)
    {
        bool throws = encoding.EncoderFallback is EncoderExceptionFallback && encoding.DecoderFallback is DecoderExceptionFallback;
        var plain = new EncodingParts(
            encoding.CodePage, encoding.Preamble.Length > 0, throws && encoding.IsReadOnly, !encoding.IsReadOnly, default, default);
        if (encoding.IsReadOnly)
            return plain;
        if (Find(plain) is not { } original)
            return plain;
        Fallback? writing = encoding.EncoderFallback switch
        {
            var same when same.Equals(original.EncoderFallback) => default(Fallback),
            EncoderExceptionFallback => new(Kind.Throws, ""),
            EncoderReplacementFallback replacing => new(Kind.Replaces, replacing.DefaultString),
            _ => null,
        };
        Fallback? reading = encoding.DecoderFallback switch
        {
            var same when same.Equals(original.DecoderFallback) => default(Fallback),
            DecoderExceptionFallback => new(Kind.Throws, ""),
            DecoderReplacementFallback replacing => new(Kind.Replaces, replacing.DefaultString),
            _ => null,
        };
        return writing is null || reading is null ? null : plain with { OfWriting = writing.Value, OfReading = reading.Value };
    }

    internal static EncodingParts Read(ByteReader bytes)
    {
        int codePage = bytes.ReadNumber();
        byte flags = bytes.ReadByte();
        return new(codePage, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, Fallback.Read(bytes), Fallback.Read(bytes));
    }

    internal void Write(ByteWriter bytes)
    {
        bytes.WriteNumber(CodePage);
        bytes.WriteByte((byte)((IsMarked ? 1 : 0) | (IsStrict ? 2 : 0) | (IsOwn ? 4 : 0)));
        OfWriting.Write(bytes);
        OfReading.Write(bytes);
    }

    /// <summary>Says whether what is made of them is the encoding.</summary>
    internal bool Tell(Encoding encoding) =>
        Find(this) is not null && Make() is var made && made.Equals(encoding) && made.IsReadOnly == encoding.IsReadOnly
        && made.Preamble.SequenceEqual(encoding.Preamble) && made.EncoderFallback.Equals(encoding.EncoderFallback)
        && made.DecoderFallback.Equals(encoding.DecoderFallback);

    internal Encoding Make()
    {
        var made = Find(this) ?? throw ByteReader.Malformed($"the encoding {CodePage}, which this process does not have");
        if (!IsOwn)
            return made;
        made = (Encoding)made.Clone();
        if (OfWriting.Kind is not Kind.ByItself)
            made.EncoderFallback = OfWriting.Kind is Kind.Throws ? EncoderFallback.ExceptionFallback
                : new EncoderReplacementFallback(OfWriting.Text);
        if (OfReading.Kind is not Kind.ByItself)
            made.DecoderFallback = OfReading.Kind is Kind.Throws ? DecoderFallback.ExceptionFallback
                : new DecoderReplacementFallback(OfReading.Text);
        return made;
    }

    /// <summary>The one that cannot be changed, of which this is one or a copy.</summary>
    private static Encoding? Find(EncodingParts parts)
    {
        try
        {
            var known = Encoding.GetEncoding(parts.CodePage);
            return known.Preamble.Length > 0 == parts.IsMarked && !parts.IsStrict ? known : parts.CodePage switch
            {
                65001 => new UTF8Encoding(parts.IsMarked, parts.IsStrict),
                1200 or 1201 => new UnicodeEncoding(parts.CodePage == 1201, parts.IsMarked, parts.IsStrict),
                12000 or 12001 => new UTF32Encoding(parts.CodePage == 12001, parts.IsMarked, parts.IsStrict),
                _ => known,
            };
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // It comes from a provider that is not registered, so no number finds it.
            return null;
        }
    }

    /// <summary>What is done instead.</summary>
    internal readonly record struct Fallback(Kind Kind, string Text)
    {
        internal static Fallback Read(ByteReader bytes) =>
            (Kind)bytes.ReadByte() is var kind && kind is Kind.Replaces ? new(kind, bytes.ReadText()) : new(kind, "");

        internal void Write(ByteWriter bytes)
        {
            bytes.WriteByte((byte)Kind);
            if (Kind is Kind.Replaces)
                bytes.WriteText(Text);
        }
    }
}
