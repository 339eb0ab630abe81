using System.Diagnostics.CodeAnalysis;

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

    /// <summary>What the other way is called in errors.</summary>
    protected abstract string NameBack { get; }

    /// <summary>Tells whether whatever it throws is an error of the program, and none of the bytes.</summary>
    protected virtual bool IsOfProgram => false;

    internal override object ReadHead(GraphReader reader)
    {
        object? surrogate = reader.ReadWhole(_surrogate);
        try
        {
            return FromSurrogate(surrogate) ?? throw new InvalidOperationException("It returned null.");
        }
        catch (Exception exception) when (exception is not InvalidDataException || IsOfProgram)
        {
            throw reader.NotMade(NameBack, exception);
        }
    }

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
