using System.Globalization;

namespace Multitasking.Invocation.Shapes;

/// <summary>How a culture compares texts, by its name.</summary>
internal sealed class OrderShape() : Shape(typeof(CompareInfo))
{
    internal override void WriteHead(GraphWriter writer, object value) => writer.Bytes.WriteText(((CompareInfo)value).Name);

    internal override object ReadHead(GraphReader reader)
    {
        string name = reader.Bytes.ReadText();
        // The framework keeps what it was asked for.
        reader.Keep(name);
        return CompareInfo.GetCompareInfo(name);
    }
}
