namespace Multitasking.Invocation.Shapes;

/// <summary>A <see cref="System.Type"/>, by name.</summary>
internal sealed class TypeShape(Type type) : Shape(type)
{
    internal override void WriteHead(GraphWriter writer, object value)
    {
        var named = (Type)value;
        // A class that derives from Type stands for another, and has no name of its own.
        if (!ReferenceEquals(named.UnderlyingSystemType, named))
            throw writer.Refuse(value, "it is no type of the runtime's; send the type that it stands for");
        writer.WriteType(named);
    }

    internal override object ReadHead(GraphReader reader) => reader.ReadType();
}
