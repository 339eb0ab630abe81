using System.Reflection;
using Multitasking.Interop;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// An object of a type that carries MemoryPack's contract: a length and what MemoryPack writes. The type says itself what of it travels, and its
/// code was generated when the program was compiled.
/// </summary>
internal sealed class ContractShape : Shape
{
    private const string Library = "MemoryPack.Core", Contract = "MemoryPack.IMemoryPackable`1", Ignored = "MemoryPack.MemoryPackIgnoreAttribute";

    private readonly ContractCodec _codec;

    private ContractShape(Type type, ContractCodec codec) : base(type) => _codec = codec;

    /// <returns><see langword="null"/> for a type that travels otherwise.</returns>
    internal static ContractShape? For(Type type)
    {
        // Native code has not made the generic methods beforehand. The compiler's own classes carry no contract, and are what children mostly get.
        if (Platform.IsNativeAot || type.Name.StartsWith('<') || ShapeCatalog.IsFrameworks(type.Assembly))
            return null;
        return LibraryOf(type) is { } library && !NestsWithoutEnd(type, []) && ContractCodec.For(type, library) is { } codec
            ? new ContractShape(type, codec)
            : null;
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
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

    internal override object ReadHead(GraphReader reader)
    {
        int length = BitConverter.ToInt32(reader.Bytes.Take(sizeof(int)));
        var bytes = reader.Bytes.Take(length);
        object? value;
        try
        {
            if (_codec.Read(bytes, out value) != length)
                value = null;
        }
        catch (Exception exception)
        {
            throw Transport.ByteReader.Malformed($"a {Type} that MemoryPack does not read ({exception.Message})", exception);
        }
        return value ?? throw Transport.ByteReader.Malformed($"a {Type} of {length} bytes that MemoryPack finds not to be one");
    }

    private static Assembly? LibraryOf(Type type)
    {
        foreach (var face in type.GetInterfaces())
            if (face.IsConstructedGenericType && face.GenericTypeArguments[0] == type && face.GetGenericTypeDefinition().FullName == Contract)
                return face.Assembly.GetName().Name == Library ? face.Assembly : null;
        return null;
    }

    /// <summary>
    /// Whether such an object can hold another of its kind. MemoryPack recurses and its reader counts no levels, so a child could overflow its
    /// parent's stack with a byte a level. Those travel by their fields, where chains may have any length and cycles survive.
    /// </summary>
    private static bool NestsWithoutEnd(Type type, Dictionary<Type, bool> isOpen)
    {
        if (type.HasElementType)
            return NestsWithoutEnd(type.GetElementType()!, isOpen);
        foreach (var argument in type.GenericTypeArguments)
            if (NestsWithoutEnd(argument, isOpen))
                return true;
        if (ShapeCatalog.IsFrameworks(type.Assembly) || type.IsEnum)
            return false;
        // An interface or a base class stands for types that are not known here.
        if (type.IsInterface || type.IsAbstract)
            return true;
        if (!isOpen.TryAdd(type, true))
            return isOpen[type];
        foreach (var field in FieldsShape.FieldsOf(type, stopAt: typeof(object)))
            if (!IsIgnored(field) && NestsWithoutEnd(field.FieldType, isOpen))
                return true;
        return isOpen[type] = false;
    }

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
