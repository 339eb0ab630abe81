using System.Globalization;
using System.Text;

namespace Multitasking.Invocation.Shapes;

/// <summary>Objects of the framework that a text names completely.</summary>
internal sealed class TextualShape : Shape
{
    private readonly Func<object, string?> _toText;
    private readonly Func<string, object> _fromText;
    private readonly bool _isCulture;

    private TextualShape(Type type, Func<object, string?> toText, Func<string, object> fromText) : base(type)
    {
        _toText = toText;
        _fromText = fromText;
        _isCulture = type == typeof(CultureInfo);
    }

    internal static TextualShape? For(Type type) => ShapeCatalog.IsFrameworks(type.Assembly) ? ForFrameworks(type) : null;

    /// <summary>Apart, because native code loads what a method names when it is entered, and Uri's assembly costs the start of a child a millisecond.</summary>
    private static TextualShape? ForFrameworks(Type type)
    {
        if (type == typeof(Uri))
            return new(type, static value => ((Uri)value).OriginalString, static text => new Uri(text, UriKind.RelativeOrAbsolute));
        if (type == typeof(CultureInfo))
            return new(type, static value => ((CultureInfo)value).Name, CultureInfo.GetCultureInfo);
        if (type == typeof(TimeZoneInfo))
            return new(type, static value => ((TimeZoneInfo)value).ToSerializedString(), TimeZoneInfo.FromSerializedString);
        if (typeof(Encoding).IsAssignableFrom(type))
            return new(type, static value => EncodingNames.Of((Encoding)value), EncodingNames.Find);
        return null;
    }

    internal override void WriteHead(GraphWriter writer, object value) =>
        writer.Bytes.WriteText(_toText(value) ?? throw writer.Refuse(value, "its name does not tell all that it is set up to do; send the name"));

    internal override object ReadHead(GraphReader reader) => _isCulture ? ReadCulture(reader) : _fromText(reader.Bytes.ReadText());

    /// <summary>The framework keeps every culture that was asked for by its name.</summary>
    internal static CultureInfo ReadCulture(GraphReader reader)
    {
        string name = reader.Bytes.ReadText();
        reader.Keep(name);
        return CultureInfo.GetCultureInfo(name);
    }
}
