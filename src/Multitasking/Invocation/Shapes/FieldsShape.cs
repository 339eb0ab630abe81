using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A class, record or struct, as all its fields, private ones too, except those marked <see cref="NonSerializedAttribute"/>. No
/// constructor, property or method of it runs on either side, but those that its author marked for that
/// (<see cref="SerializationEvents"/>).
/// </summary>
internal class FieldsShape : Shape
{
    // A child reads most types once, and finding places costs it more than a few boxes.
    private const int UsesBeforePlaces = 8;

    private readonly Slot[] _slots;
    private FieldPlace[]? _places;
    private bool? _nests;
    private int _uses;

    internal FieldsShape(Type type, Type? stopAt = null) : this(type, FieldsOf(type, stopAt))
    {
    }

    protected FieldsShape(Type type, FieldInfo[] fields) : base(type)
    {
        Fields = fields;
        _slots = SlotsOf(fields);
        Events = SerializationEvents.Of(type);
    }

    internal override SerializationEvents? Events { get; }

    internal override bool HasBody => Fields.Length > 0;

    /// <summary>Tuples hash, compare and print their items.</summary>
    internal override bool Nests => _nests ??= !Type.IsValueType && typeof(ITuple).IsAssignableFrom(Type);

    internal override string NameOf(int member) =>
        member < 0 && ~member < Fields.Length ? $".{ObjectPaths.PlainName(Fields[~member].Name)}" : base.NameOf(member);

    // A struct of which nothing travels still takes a byte, so that the reader can hold counts against bytes.
    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (Type.IsValueType && !HasBody)
            writer.Bytes.WriteByte(0);
    }

    internal override object ReadHead(GraphReader reader)
    {
        if (Type.IsValueType && !HasBody)
            reader.Bytes.ReadByte();
        return RuntimeHelpers.GetUninitializedObject(Type);
    }

    /// <summary>Those that travel.</summary>
    protected FieldInfo[] Fields { get; }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        var places = Places();
        for (int i = 0; i < Fields.Length; i++)
            WriteField(writer, value, i, places);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        var places = Places();
        for (int i = 0; i < Fields.Length; i++)
            ReadField(reader, value, i, places);
    }

    protected void WriteField(GraphWriter writer, object value, int field, FieldPlace[]? places)
    {
        if (places is not null && places[field].IsKnown)
            writer.Bytes.WriteBlock(places[field].In(value));
        else
            writer.WriteValue(_slots[field], Sent(writer, Fields[field], _slots[field], Fields[field].GetValue(value)), Fields[field].Name);
    }

    protected void ReadField(GraphReader reader, object value, int field, FieldPlace[]? places)
    {
        if (places is not null && places[field].IsKnown)
            ReadPlace(reader, _slots[field], places[field], value);
        else
            Fields[field].SetValue(value, reader.ReadMember(_slots[field], ~field));
    }

    private static void ReadPlace(GraphReader reader, Slot slot, FieldPlace place, object value)
    {
        var bytes = reader.Bytes.Take(place.Size);
        if (!reader.IsTrusted)
            ((BlockShape)slot.Shape!).Check(bytes);
        bytes.CopyTo(place.In(value));
    }

    /// <summary>What is sent of a field's value: all of it, as a rule.</summary>
    protected virtual object? Sent(GraphWriter writer, FieldInfo field, Slot slot, object? value) => value;

    /// <summary>Where the fields stand, once that is worth finding out.</summary>
    protected FieldPlace[]? Places() => _places ?? (++_uses > UsesBeforePlaces ? _places = FindPlaces() : null);

    private FieldPlace[] FindPlaces()
    {
        var places = new FieldPlace[Fields.Length];
        for (int i = 0; i < places.Length; i++)
            places[i] = FieldPlace.Of(this, Fields[i], _slots[i]);
        return places;
    }

    /// <summary>
    /// Tells whether its author marked it <see cref="NonSerializedAttribute"/>, which metadata keeps as a bit of the field (ECMA-335,
    /// II.23.1.5).
    /// </summary>
    internal static bool IsLeftBehind(FieldInfo field) => ((int)field.Attributes & 0x80) != 0;

    internal static Slot[] SlotsOf(FieldInfo[] fields)
    {
        Slot[] slots = fields.Length == 0 ? [] : new Slot[fields.Length];
        for (int i = 0; i < fields.Length; i++)
            slots[i] = new Slot(fields[i].FieldType);
        return slots;
    }

    /// <summary>
    /// The instance fields of a type and its bases, up to but without <paramref name="stopAt"/>, in an order that both sides agree on.
    /// </summary>
    internal static FieldInfo[] FieldsOf(Type type, Type? stopAt)
    {
        var fields = new List<FieldInfo>();
        for (var level = type; level is not null && level != stopAt; level = level.BaseType)
        {
            // Reflection promises no order; names are unique within a level.
            var own = level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            if (own.Length > 1)
                Array.Sort(own, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            foreach (var field in own)
                if (!IsLeftBehind(field))
                    fields.Add(field);
        }
        return [.. fields];
    }
}
