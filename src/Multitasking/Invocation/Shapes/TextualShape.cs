using System.Globalization;
using System.Text;

namespace Multitasking.Invocation.Shapes;

/// <summary>Objects of the framework that a text names completely.</summary>
internal sealed class TextualShape : Shape
{
    private readonly Func<object, string?> _toText;
    private readonly Func<string, object> _fromText;

    private TextualShape(Type type, Func<object, string?> toText, Func<string, object> fromText) : base(type)
    {
        _toText = toText;
        _fromText = fromText;
    }

    /// <returns><see langword="null"/> for types that are none of these.</returns>
    internal static TextualShape? For(Type type)
    {
        if (typeof(Encoding).IsAssignableFrom(type))
            return new(type, static value => EncodingNames.Of((Encoding)value), EncodingNames.Find);
        if (type == typeof(CompareInfo))
            return new(type, static value => ((CompareInfo)value).Name, CompareInfo.GetCompareInfo);
        if (type == typeof(RegionInfo))
            return new(type, static value => ((RegionInfo)value).Name, static text => new RegionInfo(text));
        return null;
    }

    internal override void WriteHead(GraphWriter writer, object value) =>
        writer.Bytes.WriteText(_toText(value) ?? throw writer.Refuse(value, "its name does not tell all that it is set up to do; send the name"));

    internal override object ReadHead(GraphReader reader)
    {
        string text = reader.Bytes.ReadText();
        // The framework keeps what it was asked for.
        reader.Keep(text);
        return _fromText(text);
    }
}
