using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>How something is written in a culture: the invariant one's by name, any other by its public members.</summary>
/// <param name="invariant">The invariant culture's.</param>
internal abstract class FormatShape<T>(T invariant) : Shape(typeof(T))
    where T : class
{
    private enum Kind : byte
    {
        Invariant,
        Own,
        OwnReadOnly,
    }

    internal sealed override void WriteHead(GraphWriter writer, object value)
    {
        var format = (T)value;
        var kind = ReferenceEquals(format, invariant) ? Kind.Invariant : IsReadOnly(format) ? Kind.OwnReadOnly : Kind.Own;
        writer.Bytes.WriteByte((byte)kind);
        if (kind is not Kind.Invariant)
            WriteMembers(writer, format);
    }

    internal sealed override object ReadHead(GraphReader reader)
    {
        var kind = (Kind)reader.Bytes.ReadByte();
        return kind switch
        {
            Kind.Invariant => invariant,
            Kind.Own => ReadMembers(reader),
            Kind.OwnReadOnly => ReadOnly(ReadMembers(reader)),
            _ => throw ByteReader.Malformed($"a {TypeNames.Of(typeof(T))} of kind {kind}"),
        };
    }

    protected abstract bool IsReadOnly(T format);

    protected abstract T ReadOnly(T format);

    protected abstract void WriteMembers(GraphWriter writer, T format);

    protected abstract T ReadMembers(GraphReader reader);
}
