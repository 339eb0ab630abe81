using System.Collections;
using System.Globalization;

namespace Multitasking.Hosting.Logging;

/// <summary>A named value: what is a plain one there is the same here, and the rest is text.</summary>
internal readonly record struct LogValue(string Name, TypeCode Kind, string? Text)
{
    internal static LogValue Of(string name, object? value) => value switch
    {
        null => new(name, TypeCode.Empty, null),
        string text => new(name, TypeCode.String, text),
        Enum => new(name, TypeCode.String, value.ToString()),
        DateTime time => new(name, TypeCode.DateTime, time.ToString("O", CultureInfo.InvariantCulture)),
        DateTimeOffset time => new(name, TypeCode.String, time.ToString("O", CultureInfo.InvariantCulture)),
        IConvertible plain and IFormattable number => new(name, plain.GetTypeCode(), number.ToString(null, CultureInfo.InvariantCulture)),
        bool or char => new(name, Type.GetTypeCode(value.GetType()), value.ToString()),
        IFormattable formattable => new(name, TypeCode.String, formattable.ToString(null, CultureInfo.InvariantCulture)),
        IEnumerable items => new(name, TypeCode.String, string.Join(", ", items.Cast<object?>().Select(static item => Of("", item).Text ?? "(null)"))),
        _ => new(name, TypeCode.String, value.ToString()),
    };

    internal object? ToObject() => Kind switch
    {
        TypeCode.Empty => null,
        TypeCode.DateTime => DateTime.Parse(Text!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        _ => Convert.ChangeType(Text!, Kind, CultureInfo.InvariantCulture),
    };
}
