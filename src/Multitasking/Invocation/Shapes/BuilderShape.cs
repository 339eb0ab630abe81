using System.Text;

namespace Multitasking.Invocation.Shapes;

/// <summary>A <see cref="StringBuilder"/>, as its text and the length that it may reach.</summary>
internal sealed class BuilderShape() : Shape(typeof(StringBuilder))
{
    internal override void WriteHead(GraphWriter writer, object value)
    {
        var builder = (StringBuilder)value;
        writer.Bytes.WriteNumber(builder.MaxCapacity);
        writer.Bytes.WriteText(builder.ToString());
    }

    internal override object ReadHead(GraphReader reader)
    {
        int most = reader.Bytes.ReadNumber();
        string text = reader.Bytes.ReadText();
        return most == int.MaxValue ? new StringBuilder(text) : new StringBuilder(text.Length, most).Append(text);
    }
}
