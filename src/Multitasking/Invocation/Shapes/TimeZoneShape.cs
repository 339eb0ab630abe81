using System.Runtime.Serialization;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A time zone, by its id where the system has it under that; else by the framework's text. <see cref="TimeZoneInfo.Utc"/> and
/// <see cref="TimeZoneInfo.Local"/> stay what they are: conversions hold zones against these two by reference.
/// </summary>
internal sealed class TimeZoneShape() : Shape(typeof(TimeZoneInfo))
{
    // A parent asks its own system for the name, and a name is a path below the folder of zones.
    private const string OfIds = " /_-+().,&";

    private const int LongestId = 100;

    private enum Kind : byte
    {
        Utc,
        Local,
        ById,
        ByText,
        Rebuilt,
        RebuiltWithoutDaylight,
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var zone = (TimeZoneInfo)value;
        var kind = ReferenceEquals(zone, TimeZoneInfo.Utc) ? Kind.Utc
            : ReferenceEquals(zone, TimeZoneInfo.Local) ? Kind.Local
            : IsTheSystems(zone) ? Kind.ById
            : KindOfText(zone)
                ?? throw writer.Refuse(value, "the framework's text of it does not give the same rules; send what it is made from");
        writer.Bytes.WriteByte((byte)kind);
        if (kind is Kind.Local or Kind.ById)
            writer.Bytes.WriteText(zone.Id);
        else if (kind is not Kind.Utc)
            writer.Bytes.WriteText(zone.ToSerializedString());
    }

    internal override object ReadHead(GraphReader reader) => (Kind)reader.Bytes.ReadByte() switch
    {
        Kind.Utc => TimeZoneInfo.Utc,
        // Whoever changed the variable TZ has another one here.
        Kind.Local => reader.Bytes.ReadText() is var id && TimeZoneInfo.Local is var local && local.Id == id ? local : Find(reader, id),
        Kind.ById => Find(reader, reader.Bytes.ReadText()),
        >= Kind.ByText and <= Kind.RebuiltWithoutDaylight and var kind => Make(kind, reader.Bytes.ReadText()),
        var other => throw Transport.ByteReader.Malformed($"a time zone of kind {other}"),
    };

    private static TimeZoneInfo Find(GraphReader reader, string id)
    {
        if (!MayBeId(id))
            throw Transport.ByteReader.Malformed($"a time zone of the id {id}");
        reader.Keep(id);
        return TimeZoneInfo.FindSystemTimeZoneById(id);
    }

    private static bool MayBeId(string id) =>
        id.Length is > 0 and <= LongestId && id[0] != '/' && !id.Contains("..", StringComparison.Ordinal)
        && id.All(static letter => char.IsAsciiLetterOrDigit(letter) || OfIds.Contains(letter));

    private static bool IsTheSystems(TimeZoneInfo zone) =>
        MayBeId(zone.Id) && TimeZoneInfo.TryFindSystemTimeZoneById(zone.Id, out var known) && IsSame(zone, known);

    /// <summary>Tried out, because the framework does not read all that it writes (dotnet/runtime#91312).</summary>
    private static Kind? KindOfText(TimeZoneInfo zone)
    {
        string text = zone.ToSerializedString();
        for (var kind = Kind.ByText; kind <= Kind.RebuiltWithoutDaylight; kind++)
            if (Gives(kind, text, zone))
                return kind;
        return null;
    }

    private static bool Gives(Kind kind, string text, TimeZoneInfo zone)
    {
        try
        {
            return IsSame(zone, Make(kind, text));
        }
        catch (Exception exception) when (exception is SerializationException or ArgumentException or InvalidTimeZoneException)
        {
            return false;
        }
    }

    /// <summary>The text says neither what kind of id it has, nor whether it keeps rules that it does not use.</summary>
    private static TimeZoneInfo Make(Kind kind, string text)
    {
        var zone = TimeZoneInfo.FromSerializedString(text);
        return kind is Kind.ByText ? zone
            : TimeZoneInfo.CreateCustomTimeZone(
                zone.Id, zone.BaseUtcOffset, zone.DisplayName, zone.StandardName, zone.DaylightName, zone.GetAdjustmentRules(),
                disableDaylightSavingTime: kind is Kind.RebuiltWithoutDaylight);
    }

    private static bool IsSame(TimeZoneInfo one, TimeZoneInfo other) =>
        one.Id == other.Id && one.HasIanaId == other.HasIanaId && one.HasSameRules(other)
        && one.DisplayName == other.DisplayName && one.StandardName == other.StandardName
        && one.DaylightName == other.DaylightName && one.SupportsDaylightSavingTime == other.SupportsDaylightSavingTime;
}
