using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>An object as what a converter makes of it. The message names the converter, and not the object's class.</summary>
internal sealed class ConverterShape : ConvertedShape
{
    private readonly TravelConverter _converter;
    private readonly bool _isOfObjects;

    private ConverterShape(Type type, TravelConverter converter, bool isOfObjects) : base(type, converter.Surrogate)
    {
        _converter = converter;
        _isOfObjects = isOfObjects;
    }

    protected override string Name => $"{Own}.ToSurrogate()";

    protected override string NameBack => $"{Own}.FromSurrogate()";

    protected override bool IsOfProgram => true;

    private string Own => TypeNames.Of(_converter.GetType());

    /// <summary>For writing objects of a type; <see langword="null"/> for one that no converter is for.</summary>
    internal static ConverterShape? For(Type type) =>
        TravelConverters.For(type) is { } converter ? new ConverterShape(type, converter, isOfObjects: true) : null;

    /// <summary>For reading what a converter wrote.</summary>
    internal static ConverterShape Of(TravelConverter converter) => new(converter.Converted, converter, isOfObjects: false);

    /// <summary>Tells whether what arrives of an object has a method.</summary>
    internal bool CanHave(object value, Type declaring) => declaring.IsAssignableFrom(_converter.ArrivingTypeOf(value));

    internal override void WriteTag(GraphWriter writer, Slot slot, object value)
    {
        if (_converter.OnlyToChildren && !writer.Crossing.IsToChild)
            throw writer.Refuse(value,
                $"a {Own} converts it for children only: it cannot be part of {writer.Crossing.What}; use plain values");
        if (writer.Crossing.IsAnswer && !TravelConverters.IsParents(_converter))
            throw writer.Refuse(value, $"its {Own} is registered in this process only; register it in the one that makes the call");
        CheckFit(writer, slot, value);
        writer.Bytes.WriteByte(GraphWriter.Converted);
        writer.WriteType(_converter.GetType());
    }

    internal override void CheckFit(GraphWriter writer, Slot slot, object value)
    {
        var arriving = _converter.ArrivingTypeOf(value);
        if (!slot.Declared.IsAssignableFrom(arriving))
            throw writer.Refuse(value,
                $"a {TypeNames.Of(arriving)} arrives in its stead ({Own}), which is no {TypeNames.Of(slot.Declared)}; " +
                "declare the variable or field as the interface that is used");
    }

    // A message that names the class of an object which is converted was made up.
    internal override object ReadHead(GraphReader reader) =>
        _isOfObjects ? throw ByteReader.Malformed($"a {TypeNames.Of(Type)} by its fields, which is converted") : base.ReadHead(reader);

    protected override object? ToSurrogate(GraphWriter writer, object value) => _converter.ToSurrogateOf(value);

    protected override object? FromSurrogate(object? surrogate) => _converter.FromSurrogateOf(surrogate);
}
