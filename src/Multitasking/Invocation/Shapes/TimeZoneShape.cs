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
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var zone = (TimeZoneInfo)value;
        var kind = ReferenceEquals(zone, TimeZoneInfo.Utc) ? Kind.Utc
            : ReferenceEquals(zone, TimeZoneInfo.Local) ? Kind.Local
            : IsTheSystems(zone) ? Kind.ById
            : Kind.ByText;
        writer.Bytes.WriteByte((byte)kind);
        if (kind is Kind.Local or Kind.ById)
            writer.Bytes.WriteText(zone.Id);
        else if (kind is Kind.ByText)
            writer.Bytes.WriteText(
                TextOf(zone) ?? throw writer.Refuse(value, "the framework's text of it does not give the same rules; send what it is made from"));
    }

    internal override object ReadHead(GraphReader reader) => (Kind)reader.Bytes.ReadByte() switch
    {
        Kind.Utc => TimeZoneInfo.Utc,
        // Whoever changed the variable TZ has another one here.
        Kind.Local => reader.Bytes.ReadText() is var id && TimeZoneInfo.Local is var local && local.Id == id ? local : Find(reader, id),
        Kind.ById => Find(reader, reader.Bytes.ReadText()),
        Kind.ByText => TimeZoneInfo.FromSerializedString(reader.Bytes.ReadText()),
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
    private static string? TextOf(TimeZoneInfo zone)
    {
        string text = zone.ToSerializedString();
        try
        {
            return IsSame(zone, TimeZoneInfo.FromSerializedString(text)) ? text : null;
        }
        catch (Exception exception) when (exception is SerializationException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsSame(TimeZoneInfo one, TimeZoneInfo other) =>
        one.Id == other.Id && one.HasSameRules(other) && one.DisplayName == other.DisplayName && one.StandardName == other.StandardName
        && one.DaylightName == other.DaylightName && one.SupportsDaylightSavingTime == other.SupportsDaylightSavingTime;
}
