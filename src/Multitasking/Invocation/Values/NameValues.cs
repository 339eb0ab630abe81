using System.Collections;
using System.Collections.Specialized;
using System.Runtime.CompilerServices;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation.Values;

/// <summary>A <see cref="NameValueCollection"/> as its names and all of their values.</summary>
internal static class NameValues
{
    private static readonly Slot s_comparer = new(typeof(IEqualityComparer));

    internal static Shape? Collection(Type type)
    {
        if (type == typeof(NameValueCollection))
            return new ValueShape(type, Write, Read);
        return null;
    }

    private static void Write(GraphWriter writer, object value)
    {
        var collection = (NameValueCollection)value;
        if (ComparerOf(collection) is { } comparer && !ComparerCodec.IsFrameworks(comparer))
            throw writer.Refuse(value, $"its names are compared by a {TypeNames.Of(comparer.GetType())}; send a dictionary of its values");
        ComparerCodec.Write(writer, s_comparer, ComparerOf(collection));
        writer.Bytes.WriteNumber(collection.Count);
        for (int i = 0; i < collection.Count; i++)
        {
            WriteText(writer, collection.GetKey(i));
            string[] values = collection.GetValues(i) ?? [];
            writer.Bytes.WriteNumber(values.Length);
            foreach (string? text in values)
                WriteText(writer, text);
        }
    }

    private static NameValueCollection Read(GraphReader reader)
    {
        var collection = new NameValueCollection((IEqualityComparer?)ComparerCodec.Read(reader, s_comparer));
        int count = reader.ReadCount();
        reader.BeginFilling(count);
        for (; count > 0; count--)
        {
            reader.Tick(1);
            string? name = ReadText(reader);
            int values = reader.ReadCount();
            // A name may have no value.
            if (values == 0)
                collection.Add(name, null);
            for (; values > 0; values--)
                collection.Add(name, ReadText(reader));
        }
        reader.EndFilling();
        return collection;
    }

    private static void WriteText(GraphWriter writer, string? text)
    {
        writer.Bytes.WriteByte(text is null ? (byte)0 : (byte)1);
        if (text is not null)
            writer.Bytes.WriteText(text);
    }

    private static string? ReadText(GraphReader reader) => reader.Bytes.ReadByte() == 0 ? null : reader.Bytes.ReadText();

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_keyComparer")]
    private static extern ref IEqualityComparer ComparerOfBase(NameObjectCollectionBase collection);

    private static IEqualityComparer? ComparerOf(NameValueCollection collection) => ComparerOfBase(collection);
}
