using System.Runtime.CompilerServices;
using System.Runtime.Serialization;

namespace Multitasking.Invocation.Shapes;

#pragma warning disable SYSLIB0050 // Old classes say by it that there is one of them only, and there is no other way to say so.
/// <summary>
/// An object whose class names another that is to be used in its stead where it arrives (<see cref="IObjectReference"/>), as a rule the only one of
/// its kind. It is asked as soon as its own fields are there, so that nobody ever refers to the copy.
/// </summary>
internal sealed class StandInShape(Type type) : FieldsShape(type)
{
    internal override bool HasBody => false;

    // Those of the copy are called here; what it names is whole.
    internal override SerializationEvents? Events => null;

    /// <summary>Says whether a class is of this kind.</summary>
    internal static bool IsFor(Type type) => type.IsClass && typeof(IObjectReference).IsAssignableFrom(type);

    /// <summary>Why the other object cannot be asked for; <see langword="null"/> where it can.</summary>
    internal static string? WhyRefused(Type type) =>
        IsFor(type) && !Array.TrueForAll(FieldsOf(type, stopAt: null), static field => IsPlain(field.FieldType))
            ? "it names by IObjectReference what is used in its stead, from fields that are objects themselves; send what that is found by"
            : null;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        base.Events?.Serializing(value);
        WriteBody(writer, value);
        base.Events?.Serialized(value);
    }

    internal override object ReadHead(GraphReader reader)
    {
        object copy = RuntimeHelpers.GetUninitializedObject(Type);
        base.Events?.Deserializing(copy);
        ReadBody(reader, copy);
        base.Events?.Deserialized(copy);
        return ((IObjectReference)copy).GetRealObject(default) ?? throw Transport.ByteReader.Malformed($"a {TypeNames.Of(Type)} that names nothing");
    }

    private static bool IsPlain(Type type) => type == typeof(string) || type == typeof(Type) || ShapeCatalog.IsBlock(type);
}
#pragma warning restore SYSLIB0050
