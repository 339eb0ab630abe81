using System.Text;

namespace Multitasking.Invocation.Shapes;

/// <summary>An encoding of the framework, by its number and what can be chosen of it.</summary>
internal sealed class EncodingShape(Type type) : Shape(type)
{
    internal override void WriteHead(GraphWriter writer, object value)
    {
        var encoding = (Encoding)value;
        var parts = EncodingParts.Of(encoding)
            ?? throw writer.Refuse(value, "it has a fallback of a class of its own; send the number (CodePage), and make it in the target");
        if (!parts.Tell(encoding))
            throw writer.Refuse(value, "its number does not tell all of it, or no provider of it is registered; send what it is made from");
        parts.Write(writer.Bytes);
    }

    internal override object ReadHead(GraphReader reader) => EncodingParts.Read(reader.Bytes).Make();
}
