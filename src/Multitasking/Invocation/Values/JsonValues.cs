using System.Text.Json;
using System.Text.Json.Nodes;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation.Values;

/// <summary>
/// JSON as JSON: equal by <see cref="JsonElement.DeepEquals"/> and <see cref="JsonNode.DeepEquals"/>. A node arrives without the tree that
/// it is a part of.
/// </summary>
internal static class JsonValues
{
    /// <summary>How deep it may nest, on either side: comparing it takes some stack for each level.</summary>
    private const int MostDeep = 1000;

    private const byte NoOptions = 0, ByCase = 1, WithoutCase = 2;

    private static readonly JsonWriterOptions s_writing = new() { MaxDepth = MostDeep };
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = MostDeep };

    internal static Shape? Element(Type type)
    {
        if (type == typeof(JsonElement))
            return new ValueShape(type, static (writer, value) => Write(writer, (JsonElement)value), static reader => ReadElement(reader));
        return null;
    }

    internal static Shape? Document(Type type)
    {
        if (type == typeof(JsonDocument))
            return new ValueShape(
                type,
                static (writer, value) => Write(writer, ((JsonDocument)value).RootElement),
                static reader => ReadDocument(reader, Length(reader)));
        return null;
    }

    internal static Shape? Object(Type type)
    {
        if (type == typeof(JsonObject))
            return Node(type);
        return null;
    }

    internal static Shape? Array(Type type)
    {
        if (type == typeof(JsonArray))
            return Node(type);
        return null;
    }

    internal static Shape? Value(Type type)
    {
        if (type == typeof(JsonValue))
            return new ValueShape(type, WriteValue, ReadValue);
        return null;
    }

    private static ValueShape Node(Type type) => new(
        type,
        static (writer, value) => WriteNode(writer, (JsonNode)value),
        static reader => ReadNode(reader, ReadOptions(reader)));

    private static void WriteValue(GraphWriter writer, object value)
    {
        var node = (JsonValue)value;
        object? held = JsonScalars.Of(node);
        writer.Bytes.WriteByte(held is null ? (byte)0 : (byte)1);
        if (held is not null)
        {
            WriteOptions(writer, node);
            JsonScalars.Write(writer, held);
            return;
        }
        if (node.GetValueKind() is JsonValueKind.Object or JsonValueKind.Array)
            throw writer.Refuse(value, "it holds an object of a class; send that, or the JSON of it (JsonSerializer.SerializeToNode)");
        WriteNode(writer, node);
    }

    private static JsonNode ReadValue(GraphReader reader)
    {
        bool isHeld = reader.Bytes.ReadByte() == 1;
        var options = ReadOptions(reader);
        return isHeld ? JsonScalars.Read(reader, options) : ReadNode(reader, options);
    }

    private static void WriteNode(GraphWriter writer, JsonNode node)
    {
        WriteOptions(writer, node);
        Write(writer, json => node.WriteTo(json));
    }

    private static JsonNode ReadNode(GraphReader reader, JsonNodeOptions? options) =>
        JsonNode.Parse(reader.Bytes.Take(Length(reader)), options, s_reading)!;

    private static void WriteOptions(GraphWriter writer, JsonNode node)
    {
        bool? isWithoutCase = node.Options?.PropertyNameCaseInsensitive;
        writer.Bytes.WriteByte(isWithoutCase switch { null => NoOptions, true => WithoutCase, false => ByCase });
    }

    private static JsonNodeOptions? ReadOptions(GraphReader reader)
    {
        byte kind = reader.Bytes.ReadByte();
        return kind == NoOptions ? null : new JsonNodeOptions { PropertyNameCaseInsensitive = kind == WithoutCase };
    }

    private static void Write(GraphWriter writer, JsonElement element)
    {
        // One that was never set has no text.
        if (element.ValueKind == JsonValueKind.Undefined)
            writer.Bytes.WriteBlock(stackalloc byte[sizeof(int)]);
        else
            Write(writer, element.WriteTo);
    }

    private static void Write(GraphWriter writer, Action<Utf8JsonWriter> write)
    {
        int start = writer.Bytes.BeginLength();
        using (var json = new Utf8JsonWriter(writer.Bytes, s_writing))
            write(json);
        writer.Bytes.EndLength(start);
    }

    private static int Length(GraphReader reader) => BitConverter.ToInt32(reader.Bytes.Take(sizeof(int)));

    private static JsonElement ReadElement(GraphReader reader)
    {
        int length = Length(reader);
        if (length == 0)
            return default;
        using var document = ReadDocument(reader, length);
        return document.RootElement.Clone();
    }

    private static JsonDocument ReadDocument(GraphReader reader, int length) =>
        JsonDocument.Parse(reader.Bytes.Take(length).ToArray(), s_reading);
}
