using System.Runtime.Serialization;
using Multitasking.Invocation.Shapes;
using Multitasking.Invocation.Values;

namespace Multitasking.Invocation;

#pragma warning disable SYSLIB0050 // Asked for by classes that are older than that.
/// <summary>Types whose authors wrote down how they are serialized, in a way that this codec cannot follow.</summary>
internal static class OwnSerialization
{
    /// <summary>Why such a type does not travel; <see langword="null"/> for all others.</summary>
    internal static string? WhyRefused(Type type)
    {
        if (Declares(type))
            return $"it says itself how it is written (ISerializable), which takes a serializer of that kind; {WaysOut.Converter}";
        if (StandInShape.WhyRefused(type) is { } reason)
            return reason;
        return type.IsValueType && !ShapeCatalog.IsFrameworks(type.Assembly) && !type.IsEnum && SerializationEvents.Of(type) is not null
            ? "it is a struct that is changed when it is read (OnDeserialized), before what it refers to is there; make it a class"
            : null;
    }

    /// <summary>One that only derives from a collection of the framework, which has it too, does not.</summary>
    private static bool Declares(Type type)
    {
        if (!typeof(ISerializable).IsAssignableFrom(type))
            return false;
        var level = type;
        while (level is not null && !ShapeCatalog.IsFrameworks(level.Assembly))
            level = level.BaseType;
        return level != type && !typeof(ISerializable).IsAssignableFrom(level);
    }
}
#pragma warning restore SYSLIB0050
