using System.Diagnostics.CodeAnalysis;

namespace Multitasking.Invocation.Shapes;

/// <summary>An object of the framework as what it means, without a part that is an object itself: a document as its text.</summary>
internal sealed class ValueShape(Type type, Action<GraphWriter, object> write, Func<GraphReader, object> read) : Shape(type)
{
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What it throws is the reason.")]
    internal override void WriteHead(GraphWriter writer, object value)
    {
        try
        {
            write(writer, value);
        }
        catch (Exception exception) when (exception is not MultitaskingException)
        {
            throw writer.Refuse(value, exception.Message.TrimEnd('.'), exception);
        }
    }

    internal override object ReadHead(GraphReader reader) => read(reader);
}
