using System.Runtime.CompilerServices;
using System.Runtime.Serialization;

namespace Multitasking.Invocation.Shapes;

#pragma warning disable SYSLIB0050 // Old classes say by it that there is one of them only, and there is no other way to say so.
/// <summary>
/// An object whose class names another that is to be used in its stead where it arrives (<see cref="IObjectReference"/>), as a rule the
/// only one of its kind. It is asked as soon as its own fields are there, so that nobody ever refers to the copy.
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

    internal override void WriteTag(GraphWriter writer, Slot slot, object value)
    {
        CheckFit(writer, slot, value);
        base.WriteTag(writer, slot, value);
    }

    /// <summary>It names here what it will name there, as a rule: what is wrong with that is told before anything starts.</summary>
    internal override void CheckFit(GraphWriter writer, Slot slot, object value)
    {
        object? real;
        try
        {
            real = ((IObjectReference)value).GetRealObject(default);
        }
        catch (Exception exception)
        {
            throw writer.Refuse(value, $"{GetRealObject} failed: {exception.Message.TrimEnd('.')}", exception);
        }
        if (!slot.Declared.IsInstanceOfType(real))
            throw writer.Refuse(value,
                $"{GetRealObject} names {(real is null ? "nothing" : $"a {TypeNames.Of(real.GetType())}")}, where " +
                $"a {TypeNames.Of(slot.Declared)} " +
                "is expected; have it name one");
    }

    internal override void WriteHead(GraphWriter writer, object value)
    {
        base.Events?.Serializing(writer, value);
        WriteBody(writer, value);
        base.Events?.Serialized(writer, value);
    }

    internal override object ReadHead(GraphReader reader)
    {
        object copy = RuntimeHelpers.GetUninitializedObject(Type);
        base.Events?.Deserializing(reader, copy);
        ReadBody(reader, copy);
        base.Events?.Deserialized(reader, copy);
        try
        {
            return ((IObjectReference)copy).GetRealObject(default) ?? throw new InvalidOperationException("It returned null.");
        }
        catch (Exception exception)
        {
            throw reader.NotMade(GetRealObject, exception);
        }
    }

    private string GetRealObject => $"{TypeNames.Of(Type)}.{nameof(IObjectReference.GetRealObject)}";

    private static bool IsPlain(Type type) => type == typeof(string) || type == typeof(Type) || ShapeCatalog.IsBlock(type);
}
#pragma warning restore SYSLIB0050
