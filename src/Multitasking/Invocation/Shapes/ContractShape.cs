using System.Reflection;
using Multitasking.Interop;
using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// An object of a type that carries MemoryPack's contract: what the type ignores stays behind. A child gets it as MemoryPack writes it; a
/// child's own come back by their fields.
/// </summary>
/// <remarks>
/// MemoryPack's reader is for bytes of friends: its arithmetic on lengths wraps around, so that a text of two gigabytes is read from
/// wherever that leads, and it counts no levels. A parent reads its child's bytes by none but the codec of this library.
/// </remarks>
internal sealed class ContractShape : FieldsShape
{
    private const string Library = "MemoryPack.Core", Contract = "MemoryPack.IMemoryPackable`1", Ignored = "MemoryPack.MemoryPackIgnoreAttribute";

    private const byte ByFields = 0, ByContract = 1;

    private readonly ContractCodec? _codec;

    private ContractShape(Type type, FieldInfo[] fields, ContractCodec? codec) : base(type, fields) => _codec = codec;

    /// <returns><see langword="null"/> for a type that carries no such contract.</returns>
    internal static ContractShape? For(Type type)
    {
        // The compiler's own classes carry none, and are what children mostly get.
        if (type.Name.StartsWith('<') || ShapeCatalog.IsFrameworks(type.Assembly) || LibraryOf(type) is not { } library)
            return null;
        // Native code has not made the generic methods beforehand. MemoryPack refuses long chains and knows no cycles. A struct is part of
        // what holds it.
        bool isForMemoryPack = !Platform.IsNativeAot && !type.IsValueType && !NestsWithoutEnd(type, []);
        return new ContractShape(type, FieldsOf(type), isForMemoryPack ? ContractCodec.For(type, library) : null);
    }

    // MemoryPack has its own.
    internal override SerializationEvents? Events => _codec is null ? base.Events : null;

    internal override bool HasBody => _codec is not null || base.HasBody;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (_codec is null)
        {
            base.WriteHead(writer, value);
            return;
        }
        writer.Bytes.WriteByte(IsForDoubter(writer) ? ByFields : ByContract);
        if (IsForDoubter(writer))
            return;
        int start = writer.Bytes.BeginLength();
        try
        {
            _codec.Write(writer.Bytes, value);
        }
        catch (Exception exception)
        {
            throw writer.Refuse(value, $"MemoryPack, whose contract it carries, does not write it ({exception.Message})");
        }
        writer.Bytes.EndLength(start);
    }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        if (_codec is null || IsForDoubter(writer))
            base.WriteBody(writer, value);
    }

    /// <summary>Tells whether the reader does not believe this process, and so lets MemoryPack read nothing.</summary>
    private static bool IsForDoubter(GraphWriter writer) => writer.Crossing.Reader is not null;

    internal override object ReadHead(GraphReader reader)
    {
        if (_codec is null || reader.Bytes.ReadByte() is not ByContract)
            return base.ReadHead(reader);
        if (!reader.IsTrusted)
            throw ByteReader.Malformed($"a {Type} by its contract in an answer");
        int length = BitConverter.ToInt32(reader.Bytes.Take(sizeof(int)));
        int taken = _codec.Read(reader.Bytes.Take(length), out object? value);
        reader.Note = _codec;
        return taken == length && value is not null ? value : throw ByteReader.Malformed($"a {Type} of {length} bytes that MemoryPack finds not to be one");
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        if (_codec is null || reader.Note is null)
            base.ReadBody(reader, value);
    }

    private static Assembly? LibraryOf(Type type)
    {
        foreach (var face in type.GetInterfaces())
            if (face.IsConstructedGenericType && face.GenericTypeArguments[0] == type && face.GetGenericTypeDefinition().FullName == Contract)
                return face.Assembly.GetName().Name == Library ? face.Assembly : null;
        return null;
    }

    /// <summary>Tells whether such an object can hold another of its kind, or one of a class that its members do not tell.</summary>
    private static bool NestsWithoutEnd(Type type, Dictionary<Type, bool> isOpen)
    {
        if (type.HasElementType)
            return NestsWithoutEnd(type.GetElementType()!, isOpen);
        foreach (var argument in type.GenericTypeArguments)
            if (NestsWithoutEnd(argument, isOpen))
                return true;
        if (ShapeCatalog.IsFrameworks(type.Assembly) || type.IsEnum)
            return false;
        if (type.IsInterface || type.IsAbstract)
            return true;
        if (!isOpen.TryAdd(type, true))
            return isOpen[type];
        foreach (var field in FieldsOf(type))
            if (NestsWithoutEnd(field.FieldType, isOpen))
                return true;
        return isOpen[type] = false;
    }

    /// <summary>The fields that the contract does not ignore.</summary>
    private static FieldInfo[] FieldsOf(Type type) => [.. FieldsOf(type, stopAt: typeof(object)).Where(static field => !IsIgnored(field))];

    private static bool IsIgnored(FieldInfo field)
    {
        // <Name>k__BackingField is where the property Name keeps its value.
        int end = field.Name.IndexOf('>');
        MemberInfo member = field.Name[0] == '<' && end > 1
            && field.DeclaringType!.GetProperty(field.Name[1..end], BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is { } property
                ? property
                : field;
        foreach (var attribute in member.CustomAttributes)
            if (attribute.AttributeType.FullName == Ignored)
                return true;
        return false;
    }
}
