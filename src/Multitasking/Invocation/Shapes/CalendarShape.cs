using System.Globalization;

namespace Multitasking.Invocation.Shapes;

/// <summary>A calendar of the framework, by its class and what can be set of it.</summary>
internal sealed class CalendarShape : Shape
{
    private const int AsMade = 0;

    private readonly Func<Calendar> _make;
    private readonly Func<Calendar, int>? _setting;
    private readonly Action<Calendar, int>? _set;

    private CalendarShape(Type type, Func<Calendar> make, Func<Calendar, int>? setting = null, Action<Calendar, int>? set = null)
        : base(type) =>
        (_make, _setting, _set) = (make, setting, set);

    /// <remarks>
    /// One question each, because some bring kilobytes of tables into a native program that does not use them (docs/decisions/0027).
    /// </remarks>
    internal static CalendarShape? For(Type type)
    {
        if (type == typeof(ChineseLunisolarCalendar))
            return new(type, static () => new ChineseLunisolarCalendar());
        if (type == typeof(GregorianCalendar))
            return new(
                type,
                static () => new GregorianCalendar(),
                static calendar => (int)((GregorianCalendar)calendar).CalendarType,
                static (calendar, kind) => ((GregorianCalendar)calendar).CalendarType = (GregorianCalendarTypes)kind);
        if (type == typeof(HebrewCalendar))
            return new(type, static () => new HebrewCalendar());
        if (type == typeof(HijriCalendar))
            return new(
                type,
                static () => new HijriCalendar(),
                static calendar => ((HijriCalendar)calendar).HijriAdjustment,
                static (calendar, days) => ((HijriCalendar)calendar).HijriAdjustment = days);
        if (type == typeof(JapaneseCalendar))
            return new(type, static () => new JapaneseCalendar());
        if (type == typeof(JapaneseLunisolarCalendar))
            return new(type, static () => new JapaneseLunisolarCalendar());
        if (type == typeof(JulianCalendar))
            return new(type, static () => new JulianCalendar());
        if (type == typeof(KoreanCalendar))
            return new(type, static () => new KoreanCalendar());
        if (type == typeof(KoreanLunisolarCalendar))
            return new(type, static () => new KoreanLunisolarCalendar());
        if (type == typeof(PersianCalendar))
            return new(type, static () => new PersianCalendar());
        if (type == typeof(TaiwanCalendar))
            return new(type, static () => new TaiwanCalendar());
        if (type == typeof(TaiwanLunisolarCalendar))
            return new(type, static () => new TaiwanLunisolarCalendar());
        if (type == typeof(ThaiBuddhistCalendar))
            return new(type, static () => new ThaiBuddhistCalendar());
        if (type == typeof(UmAlQuraCalendar))
            return new(type, static () => new UmAlQuraCalendar());
        return null;
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var calendar = (Calendar)value;
        writer.Bytes.WriteByte(calendar.IsReadOnly ? (byte)1 : (byte)0);
        // Some begin with one that cannot be set.
        int max = calendar.TwoDigitYearMax;
        writer.Bytes.WriteNumber(max == _make().TwoDigitYearMax ? AsMade : max);
        writer.Bytes.WriteNumber(_setting?.Invoke(calendar) ?? 0);
    }

    internal override object ReadHead(GraphReader reader)
    {
        bool isReadOnly = reader.Bytes.ReadByte() == 1;
        var calendar = _make();
        if (reader.Bytes.ReadNumber() is var max and not AsMade)
            calendar.TwoDigitYearMax = max;
        int setting = reader.Bytes.ReadNumber();
        _set?.Invoke(calendar, setting);
        return isReadOnly ? Calendar.ReadOnly(calendar) : calendar;
    }
}
