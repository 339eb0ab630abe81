namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A <see cref="Uri"/>, as the text that it was made of and how that was read: <c>/a</c> alone is a file or a relative reference.
/// </summary>
internal sealed class UriShape() : Shape(typeof(Uri))
{
    private enum Kind : byte
    {
        Relative,
        Absolute,
        NotCanonicalized,
        Escaped,
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var uri = (Uri)value;
        var kind = KindOf(uri) ?? throw writer.Refuse(value, "its text does not tell all of it; send the text and make it in the target");
        writer.Bytes.WriteByte((byte)kind);
        writer.Bytes.WriteText(uri.OriginalString);
    }

    internal override object ReadHead(GraphReader reader)
    {
        var kind = (Kind)reader.Bytes.ReadByte();
        return Make(reader.Bytes.ReadText(), kind);
    }

    /// <summary>Tries the ways there are, because a <see cref="Uri"/> does not tell its options.</summary>
    private static Kind? KindOf(Uri uri)
    {
        if (!uri.IsAbsoluteUri)
            return Kind.Relative;
        for (var kind = Kind.Absolute; kind <= Kind.Escaped; kind++)
            if (IsSame(Make(uri.OriginalString, kind), uri))
                return kind;
        return null;
    }

    private static bool IsSame(Uri copy, Uri uri) =>
        copy.UserEscaped == uri.UserEscaped && copy.AbsoluteUri == uri.AbsoluteUri && copy.PathAndQuery == uri.PathAndQuery
        && copy.ToString() == uri.ToString();

#pragma warning disable CS0618 // A value that was made so has no other way to be one.
    private static Uri Make(string text, Kind kind) => kind switch
    {
        Kind.Relative => new Uri(text, UriKind.Relative),
        Kind.Absolute => new Uri(text, UriKind.Absolute),
        Kind.NotCanonicalized => new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
        Kind.Escaped => new Uri(text, dontEscape: true),
        _ => throw Transport.ByteReader.Malformed($"a URI of kind {kind}"),
    };
#pragma warning restore CS0618
}
