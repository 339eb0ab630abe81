using System.Globalization;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>How dates are written, by the public members, on top of the culture that it belongs to.</summary>
internal sealed class DateFormatShape() : FormatShape<DateTimeFormatInfo>(DateTimeFormatInfo.InvariantInfo)
{
    // Those of which there are several, all of them read: they say what can be parsed.
    private const string PatternsOfMany = "dDtTy";

    private static readonly Slot s_calendar = new(typeof(Calendar));

    protected override bool IsReadOnly(DateTimeFormatInfo format) => format.IsReadOnly;

    protected override DateTimeFormatInfo ReadOnly(DateTimeFormatInfo format) => DateTimeFormatInfo.ReadOnly(format);

    protected override void WriteMembers(GraphWriter writer, DateTimeFormatInfo format)
    {
        var bytes = writer.Bytes;
        bytes.WriteText(CultureOf(format));
        writer.WriteValue(s_calendar, format.Calendar, nameof(DateTimeFormatInfo.Calendar));
        foreach (char pattern in PatternsOfMany)
            FormatTexts.Write(bytes, format.GetAllDateTimePatterns(pattern));
        bytes.WriteNumber((int)format.FirstDayOfWeek);
        bytes.WriteNumber((int)format.CalendarWeekRule);
        FormatTexts.Write(bytes, format.AbbreviatedDayNames);
        FormatTexts.Write(bytes, format.AbbreviatedMonthNames);
        FormatTexts.Write(bytes, format.AbbreviatedMonthGenitiveNames);
        FormatTexts.Write(bytes, format.DayNames);
        FormatTexts.Write(bytes, format.MonthNames);
        FormatTexts.Write(bytes, format.MonthGenitiveNames);
        FormatTexts.Write(bytes, format.ShortestDayNames);
        bytes.WriteText(format.AMDesignator);
        bytes.WriteText(format.PMDesignator);
        bytes.WriteText(format.DateSeparator);
        bytes.WriteText(format.TimeSeparator);
        bytes.WriteText(format.LongDatePattern);
        bytes.WriteText(format.LongTimePattern);
        bytes.WriteText(format.MonthDayPattern);
        bytes.WriteText(format.ShortDatePattern);
        bytes.WriteText(format.ShortTimePattern);
        bytes.WriteText(format.YearMonthPattern);
        bytes.WriteText(format.FullDateTimePattern);
    }

    protected override DateTimeFormatInfo ReadMembers(GraphReader reader)
    {
        var bytes = reader.Bytes;
        string culture = bytes.ReadText();
        reader.Keep(culture);
        var format = (DateTimeFormatInfo)CultureInfo.GetCultureInfo(culture).DateTimeFormat.Clone();
        // First, because it brings its own patterns and names along. One set alone changes others: the full date comes last.
        format.Calendar = (Calendar)reader.ReadValue(s_calendar)!;
        foreach (char pattern in PatternsOfMany)
            format.SetAllDateTimePatterns(FormatTexts.ReadTexts(bytes), pattern);
        format.FirstDayOfWeek = (DayOfWeek)bytes.ReadNumber();
        format.CalendarWeekRule = (CalendarWeekRule)bytes.ReadNumber();
        format.AbbreviatedDayNames = FormatTexts.ReadTexts(bytes);
        format.AbbreviatedMonthNames = FormatTexts.ReadTexts(bytes);
        format.AbbreviatedMonthGenitiveNames = FormatTexts.ReadTexts(bytes);
        format.DayNames = FormatTexts.ReadTexts(bytes);
        format.MonthNames = FormatTexts.ReadTexts(bytes);
        format.MonthGenitiveNames = FormatTexts.ReadTexts(bytes);
        format.ShortestDayNames = FormatTexts.ReadTexts(bytes);
        format.AMDesignator = bytes.ReadText();
        format.PMDesignator = bytes.ReadText();
        format.DateSeparator = bytes.ReadText();
        format.TimeSeparator = bytes.ReadText();
        format.LongDatePattern = bytes.ReadText();
        format.LongTimePattern = bytes.ReadText();
        format.MonthDayPattern = bytes.ReadText();
        format.ShortDatePattern = bytes.ReadText();
        format.ShortTimePattern = bytes.ReadText();
        format.YearMonthPattern = bytes.ReadText();
        format.FullDateTimePattern = bytes.ReadText();
        return format;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_CultureName")]
    private static extern string CultureOf(DateTimeFormatInfo format);
}
