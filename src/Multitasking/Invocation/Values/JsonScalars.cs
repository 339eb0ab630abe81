using System.Text.Json.Nodes;

namespace Multitasking.Invocation.Values;

/// <summary>
/// JSON values that hold a number, a text or a time as .NET has it: that, and not its JSON, so that <c>GetValue</c> takes of the copy
/// what it takes of the original.
/// </summary>
internal static class JsonScalars
{
    private static readonly Slot s_any = new(typeof(object));

    /// <summary>What a node holds; <see langword="null"/> for JSON that was parsed, and for objects.</summary>
    internal static object? Of(JsonNode node)
    {
        // Its class is the framework's own, below a generic one that says what it holds.
        if (node is not JsonValue value || value.GetType().BaseType is not { IsConstructedGenericType: true } holder)
            return null;
        var held = holder.GenericTypeArguments[0];
        return Type.GetTypeCode(held) switch
        {
            TypeCode.Boolean => value.GetValue<bool>(),
            TypeCode.Char => value.GetValue<char>(),
            TypeCode.SByte => value.GetValue<sbyte>(),
            TypeCode.Byte => value.GetValue<byte>(),
            TypeCode.Int16 => value.GetValue<short>(),
            TypeCode.UInt16 => value.GetValue<ushort>(),
            TypeCode.Int32 => value.GetValue<int>(),
            TypeCode.UInt32 => value.GetValue<uint>(),
            TypeCode.Int64 => value.GetValue<long>(),
            TypeCode.UInt64 => value.GetValue<ulong>(),
            TypeCode.Single => value.GetValue<float>(),
            TypeCode.Double => value.GetValue<double>(),
            TypeCode.Decimal => value.GetValue<decimal>(),
            TypeCode.DateTime => value.GetValue<DateTime>(),
            TypeCode.String => value.GetValue<string>(),
            _ => held == typeof(DateTimeOffset) ? value.GetValue<DateTimeOffset>()
                : held == typeof(Guid) ? value.GetValue<Guid>()
                : null,
        };
    }

    internal static void Write(GraphWriter writer, object held) => writer.WriteValue(s_any, held, "Value");

    internal static JsonNode Read(GraphReader reader, JsonNodeOptions? options) => reader.ReadValue(s_any) switch
    {
        bool held => JsonValue.Create(held, options),
        char held => JsonValue.Create(held, options),
        sbyte held => JsonValue.Create(held, options),
        byte held => JsonValue.Create(held, options),
        short held => JsonValue.Create(held, options),
        ushort held => JsonValue.Create(held, options),
        int held => JsonValue.Create(held, options),
        uint held => JsonValue.Create(held, options),
        long held => JsonValue.Create(held, options),
        ulong held => JsonValue.Create(held, options),
        float held => JsonValue.Create(held, options),
        double held => JsonValue.Create(held, options),
        decimal held => JsonValue.Create(held, options),
        DateTime held => JsonValue.Create(held, options),
        DateTimeOffset held => JsonValue.Create(held, options),
        Guid held => JsonValue.Create(held, options),
        string held => JsonValue.Create(held, options)!,
        var other => throw Transport.ByteReader.Malformed($"a JSON value that holds {TypeNames.Of(other?.GetType() ?? typeof(object))}"),
    };
}
