using System.Globalization;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A culture: one that the framework keeps, by its names; one of the program's own (a clone, one that was changed), by the names of what it is made
/// from and by its formats.
/// </summary>
internal sealed class CultureShape() : Shape(typeof(CultureInfo))
{
    private static readonly Slot s_numbers = new(typeof(NumberFormatInfo));
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
        writer.WriteValue(s_numbers, culture.NumberFormat, nameof(CultureInfo.NumberFormat));
        writer.WriteValue(s_dates, culture.DateTimeFormat, nameof(CultureInfo.DateTimeFormat));
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
        culture.NumberFormat = (NumberFormatInfo)reader.ReadValue(s_numbers)!;
        culture.DateTimeFormat = (DateTimeFormatInfo)reader.ReadValue(s_dates)!;
        return kind is Kind.OwnReadOnly ? CultureInfo.ReadOnly(culture) : culture;
    }
}
