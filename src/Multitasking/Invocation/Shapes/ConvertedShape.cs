using System.Diagnostics.CodeAnalysis;
using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// An object as another, from which it is made anew: that one is complete before, so an object that leads back to itself on this way is
/// refused.
/// </summary>
internal abstract class ConvertedShape(Type type, Type surrogate) : Shape(type)
{
    private readonly Slot _surrogate = new(surrogate);

    /// <summary>What the surrogate is called in paths.</summary>
    protected abstract string Name { get; }

    protected abstract object? ToSurrogate(GraphWriter writer, object value);

    protected abstract object? FromSurrogate(object? surrogate);

    internal override void WriteHead(GraphWriter writer, object value) => writer.WriteWhole(_surrogate, Converted(writer, value), Name);

    internal override object ReadHead(GraphReader reader) =>
        FromSurrogate(reader.ReadWhole(_surrogate)) ?? throw ByteReader.Malformed($"a {TypeNames.Of(Type)} that nothing was made of");

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever it is, the object cannot travel.")]
    private object? Converted(GraphWriter writer, object value)
    {
        try
        {
            return ToSurrogate(writer, value);
        }
        catch (Exception exception) when (exception is not MultitaskingException)
        {
            throw writer.Refuse(value, $"{Name} failed: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
