using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation;

/// <summary>Fields of which reflection does not tell what is in them.</summary>
internal static class FieldPlaces
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Why the fields that a class or struct declares cannot be read, or mean nothing elsewhere; <see langword="null"/> for others.
    /// </summary>
    internal static string? WhyRefused(Type level)
    {
        var fields = level.GetFields(OwnFields);
        foreach (var field in fields)
            // Reflection hands it out as a number.
            if (field.FieldType.IsFunctionPointer && !FieldsShape.IsLeftBehind(field))
                return $"its field {field.Name} is a function pointer, which means something in this process only; make it a delegate";
        return level.IsExplicitLayout ? WhyShared(fields) : null;
    }

    /// <summary>
    /// Where fields of two classes lie upon each other, the object there is of one of them, and nothing tells of which. Numbers may: their
    /// bytes are the same.
    /// </summary>
    private static string? WhyShared(FieldInfo[] fields)
    {
        for (int i = 0; i < fields.Length; i++)
            for (int j = 0; j < i; j++)
                if (fields[i].FieldType != fields[j].FieldType && Overlap(fields[i], fields[j])
                    && !ShapeCatalog.IsBlock(fields[i].FieldType) && !ShapeCatalog.IsBlock(fields[j].FieldType))
                    return $"its fields {fields[j].Name} and {fields[i].Name} lie in one place (FieldOffset), and nothing tells which is " +
                        "meant; send the one that is";
        return null;
    }

    private static bool Overlap(FieldInfo one, FieldInfo other)
    {
        int first = OffsetOf(one), second = OffsetOf(other);
        return first < second + SizeOf(other.FieldType) && second < first + SizeOf(one.FieldType);
    }

    private static int OffsetOf(FieldInfo field) => field.GetCustomAttribute<FieldOffsetAttribute>()?.Value ?? 0;

    private static int SizeOf(Type type) => type.IsValueType ? RuntimeHelpers.SizeOf(type.TypeHandle) : IntPtr.Size;
}
