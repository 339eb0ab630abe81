namespace Multitasking.Invocation.Shapes;

/// <summary>An <see cref="IProgress{T}"/>, by reference: what is reported to it over there is reported to the original here.</summary>
internal sealed class ProgressShape(Type type) : Shape(type)
{
    private readonly Type _value = type.GenericTypeArguments[0];

    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (ShapeCatalog.WhyRefused(_value) is { } reason)
            throw writer.Refuse(value, $"progress of {TypeNames.Of(_value)}, {reason}");
        writer.Bytes.WriteNumber(writer.Crossing.Add(value, _value));
    }

    internal override object ReadHead(GraphReader reader) => reader.Arrival.Progress(_value, reader.Bytes.ReadNumber());
}
