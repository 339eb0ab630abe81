using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A region, by its name or by that of the culture that it was asked for: the language of its native name is the culture's, and not every
/// region is found by its own name.
/// </summary>
internal sealed class RegionShape() : Shape(typeof(RegionInfo))
{
    private static readonly FieldInfo? s_data = typeof(RegionInfo).GetField("_cultureData", BindingFlags.Instance | BindingFlags.NonPublic);

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var region = (RegionInfo)value;
        string name = Tells(region.Name, region) ? region.Name
            : s_data?.GetValue(region) is { } data && CultureOf(data) is { Length: > 0 } culture && Tells(culture, region) ? culture
            : throw writer.Refuse(value, "no name tells all of it; send the name that it was made from");
        writer.Bytes.WriteText(name);
    }

    internal override object ReadHead(GraphReader reader)
    {
        string name = reader.Bytes.ReadText();
        // The framework keeps what it was asked for.
        reader.Keep(name);
        return new RegionInfo(name);
    }

    private static bool Tells(string name, RegionInfo region)
    {
        try
        {
            var found = new RegionInfo(name);
            return found.Name == region.Name && found.NativeName == region.NativeName
                && found.CurrencyNativeName == region.CurrencyNativeName && found.CurrencySymbol == region.CurrencySymbol
                && found.GeoId == region.GeoId;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_CultureName")]
    private static extern string? CultureOf([UnsafeAccessorType("System.Globalization.CultureData")] object data);
}
