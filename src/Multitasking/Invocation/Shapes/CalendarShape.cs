using System.Globalization;

namespace Multitasking.Invocation.Shapes;

/// <summary>A calendar of the framework, by its class and what can be set of it.</summary>
internal sealed class CalendarShape : Shape
{
    private static readonly Dictionary<Type, Func<Calendar>> s_makers = new()
    {
        [typeof(ChineseLunisolarCalendar)] = static () => new ChineseLunisolarCalendar(),
        [typeof(GregorianCalendar)] = static () => new GregorianCalendar(),
        [typeof(HebrewCalendar)] = static () => new HebrewCalendar(),
        [typeof(HijriCalendar)] = static () => new HijriCalendar(),
        [typeof(JapaneseCalendar)] = static () => new JapaneseCalendar(),
        [typeof(JapaneseLunisolarCalendar)] = static () => new JapaneseLunisolarCalendar(),
        [typeof(JulianCalendar)] = static () => new JulianCalendar(),
        [typeof(KoreanCalendar)] = static () => new KoreanCalendar(),
        [typeof(KoreanLunisolarCalendar)] = static () => new KoreanLunisolarCalendar(),
        [typeof(PersianCalendar)] = static () => new PersianCalendar(),
        [typeof(TaiwanCalendar)] = static () => new TaiwanCalendar(),
        [typeof(TaiwanLunisolarCalendar)] = static () => new TaiwanLunisolarCalendar(),
        [typeof(ThaiBuddhistCalendar)] = static () => new ThaiBuddhistCalendar(),
        [typeof(UmAlQuraCalendar)] = static () => new UmAlQuraCalendar(),
    };

    private readonly Func<Calendar> _make;

    private CalendarShape(Type type, Func<Calendar> make) : base(type) => _make = make;

    internal static CalendarShape? For(Type type) => s_makers.TryGetValue(type, out var make) ? new CalendarShape(type, make) : null;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var calendar = (Calendar)value;
        writer.Bytes.WriteByte(calendar.IsReadOnly ? (byte)1 : (byte)0);
        writer.Bytes.WriteNumber(calendar.TwoDigitYearMax);
        writer.Bytes.WriteNumber(calendar switch
        {
            GregorianCalendar gregorian => (int)gregorian.CalendarType,
            HijriCalendar hijri => hijri.HijriAdjustment,
            _ => 0,
        });
    }

    internal override object ReadHead(GraphReader reader)
    {
        bool isReadOnly = reader.Bytes.ReadByte() == 1;
        var calendar = _make();
        calendar.TwoDigitYearMax = reader.Bytes.ReadNumber();
        int setting = reader.Bytes.ReadNumber();
        if (calendar is GregorianCalendar gregorian)
            gregorian.CalendarType = (GregorianCalendarTypes)setting;
        else if (calendar is HijriCalendar hijri)
            hijri.HijriAdjustment = setting;
        return isReadOnly ? Calendar.ReadOnly(calendar) : calendar;
    }
}
