namespace Multitasking.Invocation.Shapes;

/// <summary>A <see cref="System.Type"/>, by name.</summary>
internal sealed class TypeShape(Type type) : Shape(type)
{
    internal override void WriteHead(GraphWriter writer, object value) => writer.WriteType((Type)value);

    internal override object ReadHead(GraphReader reader) => reader.ReadType();
}
