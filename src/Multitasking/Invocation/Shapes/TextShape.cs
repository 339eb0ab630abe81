namespace Multitasking.Invocation.Shapes;

/// <summary>A string; it travels as a value, so equal strings need not stay one object.</summary>
internal sealed class TextShape() : Shape(typeof(string))
{
    internal override void WriteHead(GraphWriter writer, object value) => writer.Bytes.WriteText((string)value);

    internal override object ReadHead(GraphReader reader) => reader.Bytes.ReadText();
}
