using System.Drawing;
using Multitasking.Invocation.Shapes;
using Multitasking.Transport;

namespace Multitasking.Invocation.Values;

/// <summary>A <see cref="System.Drawing.Color"/>, by its name if it has one: two of the same parts and other names are not equal.</summary>
internal static class ColorValues
{
    private const byte Empty = 0, Parts = 1, Known = 2, Named = 3;

    internal static Shape? Color(Type type)
    {
        if (type == typeof(Color))
            return new ValueShape(type, Write, static reader => Read(reader));
        return null;
    }

    private static void Write(GraphWriter writer, object value)
    {
        var color = (Color)value;
        if (color.IsKnownColor)
        {
            writer.Bytes.WriteByte(Known);
            writer.Bytes.WriteNumber((int)color.ToKnownColor());
        }
        else if (color.IsNamedColor)
        {
            writer.Bytes.WriteByte(Named);
            writer.Bytes.WriteText(color.Name);
        }
        else if (color.IsEmpty)
        {
            writer.Bytes.WriteByte(Empty);
        }
        else
        {
            writer.Bytes.WriteByte(Parts);
            writer.Bytes.WriteNumber(color.ToArgb());
        }
    }

    private static Color Read(GraphReader reader) => reader.Bytes.ReadByte() switch
    {
        Empty => System.Drawing.Color.Empty,
        Parts => System.Drawing.Color.FromArgb(reader.Bytes.ReadNumber()),
        Known => System.Drawing.Color.FromKnownColor((KnownColor)reader.Bytes.ReadNumber()),
        Named => System.Drawing.Color.FromName(reader.Bytes.ReadText()),
        var other => throw ByteReader.Malformed($"a color of kind {other}"),
    };
}
