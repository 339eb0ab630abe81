using System.Globalization;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A culture: one that the framework keeps, by its names; one of the program's own (a clone, one that was changed), by the names of what it
/// is made from and by its formats.
/// </summary>
internal sealed class CultureShape() : Shape(typeof(CultureInfo))
{
    private static readonly Slot s_numbers = new(typeof(NumberFormatInfo));
    private static readonly Slot s_calendar = new(typeof(Calendar));
    private static readonly Slot s_dates = new(typeof(DateTimeFormatInfo));

    private enum Kind : byte
    {
        Invariant,
        Kept,
        Own,
        OwnReadOnly,
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var culture = (CultureInfo)value;
        if (ReferenceEquals(culture, CultureInfo.InvariantCulture))
        {
            writer.Bytes.WriteByte((byte)Kind.Invariant);
            return;
        }
        var names = CultureNames.Of(culture);
        bool isKept = ReferenceEquals(names.Find(), culture);
        writer.Bytes.WriteByte((byte)(isKept ? Kind.Kept : culture.IsReadOnly ? Kind.OwnReadOnly : Kind.Own));
        names.Write(writer.Bytes);
        if (isKept)
            return;
        writer.Bytes.WriteByte(culture.UseUserOverride ? (byte)1 : (byte)0);
        writer.Bytes.WriteText(culture.TextInfo.ListSeparator);
        // What nobody has asked for yet is what the names say. The calendar is that of the dates, as a rule: a change of one is one of the
        // other.
        writer.WriteValue(s_numbers, NumbersOf(culture), nameof(CultureInfo.NumberFormat));
        writer.WriteValue(s_dates, DatesOf(culture), nameof(CultureInfo.DateTimeFormat));
        writer.WriteValue(s_calendar, CalendarOf(culture), nameof(CultureInfo.Calendar));
    }

    internal override object ReadHead(GraphReader reader)
    {
        var kind = (Kind)reader.Bytes.ReadByte();
        if (kind is Kind.Invariant)
            return CultureInfo.InvariantCulture;
        if (kind > Kind.OwnReadOnly)
            throw Transport.ByteReader.Malformed($"a culture of kind {kind}");
        var names = CultureNames.Read(reader);
        if (kind is Kind.Kept)
            return names.Find();
        var culture = names.Make(useUserOverride: reader.Bytes.ReadByte() == 1);
        culture.TextInfo.ListSeparator = reader.Bytes.ReadText();
        if (reader.ReadValue(s_numbers) is NumberFormatInfo numbers)
            culture.NumberFormat = numbers;
        if (reader.ReadValue(s_dates) is DateTimeFormatInfo dates)
            culture.DateTimeFormat = dates;
        CalendarOf(culture) = (Calendar?)reader.ReadValue(s_calendar);
        return kind is Kind.OwnReadOnly ? CultureInfo.ReadOnly(culture) : culture;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_numInfo")]
    private static extern ref NumberFormatInfo? NumbersOf(CultureInfo culture);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_dateTimeInfo")]
    private static extern ref DateTimeFormatInfo? DatesOf(CultureInfo culture);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_calendar")]
    private static extern ref Calendar? CalendarOf(CultureInfo culture);
}
