using System.Globalization;
using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// The names that the framework finds a culture by: its own, with the way it sorts where that is another than usual, and that of the
/// culture whose order it takes, if that is another.
/// </summary>
internal readonly record struct CultureNames(string Name, string Order)
{
    internal static CultureNames Of(CultureInfo culture)
    {
        string order = culture.CompareInfo.Name;
        // "de-DE_phoneb" is German that sorts as a phone book does, and its name is "de-DE".
        return order != culture.Name && order.StartsWith(culture.Name, StringComparison.Ordinal) && culture.Name.Length > 0
            ? new CultureNames(order, "")
            : new CultureNames(culture.Name, order == culture.Name ? "" : order);
    }

    internal static CultureNames Read(GraphReader reader)
    {
        string name = reader.Bytes.ReadText(), order = reader.Bytes.ReadText();
        // The framework keeps every culture that was asked for.
        reader.Keep(order.Length == 0 ? name : $"{name} {order}");
        return new CultureNames(name, order);
    }

    internal void Write(ByteWriter bytes)
    {
        bytes.WriteText(Name);
        bytes.WriteText(Order);
    }

    /// <summary>The one that the framework keeps.</summary>
    internal CultureInfo Find() => Order.Length == 0 ? CultureInfo.GetCultureInfo(Name) : CultureInfo.GetCultureInfo(Name, Order);

    /// <summary>Makes one that can be changed.</summary>
    internal CultureInfo Make(bool useUserOverride) =>
        Order.Length == 0 ? new CultureInfo(Name, useUserOverride) : (CultureInfo)Find().Clone();
}
