using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>The comparer of the collections without type arguments, which compares texts as a culture does.</summary>
internal sealed class OlderComparerShape() : Shape(typeof(Comparer))
{
    private enum Kind : byte
    {
        Default,
        Invariant,
        Culture,
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var kind = ReferenceEquals(value, Comparer.Default) ? Kind.Default
            : ReferenceEquals(value, Comparer.DefaultInvariant) ? Kind.Invariant
            : Kind.Culture;
        writer.Bytes.WriteByte((byte)kind);
        if (kind is Kind.Culture)
            writer.Bytes.WriteText(OrderOf((Comparer)value).Name);
    }

    internal override object ReadHead(GraphReader reader) => (Kind)reader.Bytes.ReadByte() switch
    {
        Kind.Default => Comparer.Default,
        Kind.Invariant => Comparer.DefaultInvariant,
        Kind.Culture => new Comparer(ComparerCodec.ReadCulture(reader)),
        var other => throw Transport.ByteReader.Malformed($"a comparer of kind {other}"),
    };

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_compareInfo")]
    private static extern ref CompareInfo OrderOf(Comparer comparer);
}
