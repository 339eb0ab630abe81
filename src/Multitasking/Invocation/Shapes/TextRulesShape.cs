using System.Globalization;

namespace Multitasking.Invocation.Shapes;

/// <summary>How a culture writes texts: by the name of the culture, and the one thing that can be changed of it.</summary>
internal sealed class TextRulesShape() : Shape(typeof(TextInfo))
{
    internal override void WriteHead(GraphWriter writer, object value)
    {
        var rules = (TextInfo)value;
        writer.Bytes.WriteByte(rules.IsReadOnly ? (byte)1 : (byte)0);
        writer.Bytes.WriteText(rules.CultureName);
        writer.Bytes.WriteText(rules.ListSeparator);
    }

    internal override object ReadHead(GraphReader reader)
    {
        bool isReadOnly = reader.Bytes.ReadByte() == 1;
        var rules = ComparerCodec.ReadCulture(reader).TextInfo;
        string separator = reader.Bytes.ReadText();
        if (isReadOnly && rules.IsReadOnly && rules.ListSeparator == separator)
            return rules;
        rules = (TextInfo)rules.Clone();
        rules.ListSeparator = separator;
        return isReadOnly ? TextInfo.ReadOnly(rules) : rules;
    }
}
