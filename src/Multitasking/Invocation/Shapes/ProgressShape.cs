using Multitasking.Interop;

namespace Multitasking.Invocation.Shapes;

/// <summary>An <see cref="IProgress{T}"/>, by reference: what is reported to it over there is reported to the original here.</summary>
internal sealed class ProgressShape(Type type) : Shape(type)
{
    /// <summary>The values whose stand-ins the native compiler makes beforehand; those of classes share one.</summary>
    private static readonly Type[] s_native =
    [
        typeof(bool), typeof(char), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal),
        typeof(TimeSpan), typeof(DateTime), typeof(DateTimeOffset), typeof(Guid),
    ];

    private readonly Type _value = type.GenericTypeArguments[0];

    /// <summary>Tells whether what stands for the original over there is one for what is reported to it here.</summary>
    internal bool IsFor(object progress, Slot slot) => ProgressTypes.ReportedTo(progress, slot) == _value;

    internal override void WriteTag(GraphWriter writer, Slot slot, object value)
    {
        CheckFit(writer, slot, value);
        base.WriteTag(writer, slot, value);
    }

    internal override void CheckFit(GraphWriter writer, Slot slot, object value)
    {
        if (!IsFor(value, slot) || !(slot.IsProgress || slot.Declared.IsAssignableFrom(Type)))
            throw writer.Refuse(value, ProgressTypes.WhyRefusedAs(slot.Declared));
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (ShapeCatalog.WhyPlaceRefused(_value) is { } reason || (reason = WhyNotNative()) is not null)
            throw writer.Refuse(value, $"progress of {TypeNames.Of(_value)}, {reason}");
        writer.Bytes.WriteNumber(writer.Crossing.Add(value, _value));
    }

    internal override object ReadHead(GraphReader reader) => reader.Arrival.Progress(_value, reader.Bytes.ReadNumber());

    private string? WhyNotNative() =>
        Platform.IsNativeAot && _value.IsValueType && !s_native.Contains(_value)
            ? "for which native code has no stand-in; report a class or a record, or a number"
            : null;
}
