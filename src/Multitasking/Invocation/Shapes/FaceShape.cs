using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>A proxy of an object that lives in a process of its own, by reference: the way to that object crosses, and a new proxy is made of it.</summary>
internal sealed class FaceShape(Type type) : Shape(type)
{
    private static readonly Slot s_link = new(typeof(object));

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var link = ((IFaceProxy)value).Link;
        if (SharedShape.IsDisposed(link))
            throw writer.Refuse(value, $"this proxy of {TypeNames.Of(Type)} was released; pass it on before, or leave it out");
        writer.WriteValue(s_link, link, "object");
    }

    internal override object ReadHead(GraphReader reader) =>
        reader.ReadValue(s_link) is IFaceLink link ? link.As(Type) : throw ByteReader.Malformed($"a {Type} that nothing leads to");
}
