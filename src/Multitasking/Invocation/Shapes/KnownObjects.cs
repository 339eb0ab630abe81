using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// Classes of the framework of which each has a shape of its own, because neither their fields nor items say what they are.
/// </summary>
/// <remarks>
/// They are asked for as <see cref="Values.FrameworkValues"/> does, so that a native program does not grow by what it does not use.
/// </remarks>
internal static class KnownObjects
{
    /// <returns><see langword="null"/> for all other classes.</returns>
    internal static Shape? For(Type type) => ShapeCatalog.IsFrameworks(type.Assembly) ? ForFrameworks(type) : null;

    private static Shape? ForFrameworks(Type type)
    {
        if (type.Assembly != typeof(object).Assembly)
            return type.FullName == "System.Uri" ? ForUri(type) : ForEncoding(type) ?? (Shape?)WellKnownShape.For(type);
        if (type == typeof(CultureInfo))
            return new CultureShape();
        if (type == typeof(NumberFormatInfo))
            return new NumberFormatShape();
        if (type == typeof(DateTimeFormatInfo))
            return new DateFormatShape();
        if (type == typeof(TextInfo))
            return new TextRulesShape();
        if (type == typeof(CompareInfo))
            return new OrderShape();
        if (type == typeof(RegionInfo))
            return new RegionShape();
        if (type == typeof(TimeZoneInfo))
            return new TimeZoneShape();
        if (type == typeof(Comparer))
            return new OlderComparerShape();
        return type.IsSubclassOf(typeof(Calendar))
            ? CalendarShape.For(type)
            : ForEncoding(type) ?? WellKnownShape.For(type) ?? (Shape?)ComparerShape.For(type);
    }

    private static EncodingShape? ForEncoding(Type type) => typeof(Encoding).IsAssignableFrom(type) ? new EncodingShape(type) : null;

    /// <summary>
    /// Apart, because native code loads what a method names when it is entered, and this assembly costs a child's start a millisecond.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UriShape? ForUri(Type type)
    {
        if (type == typeof(Uri))
            return new UriShape();
        return null;
    }
}
