using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multitasking.Invocation;

/// <summary>How values of a type known when compiling travel: as they are in memory, as text, or as a graph of objects.</summary>
internal static class ValueCodec<T>
{
    /// <summary>Whether values are written as their bytes in memory, always the same number of them.</summary>
    internal static bool IsBlock { get; } = !RuntimeHelpers.IsReferenceOrContainsReferences<T>() && ShapeCatalog.IsBlock(typeof(T));

    /// <summary>Whether reading one calls no code of the user: no comparer, no hash code.</summary>
    internal static bool IsPlain { get; } = IsBlock || typeof(T) == typeof(string) || IsPlainArray(typeof(T));

    /// <summary>Where they stand as a graph.</summary>
    internal static Slot Slot { get; } = new(typeof(T));

    /// <summary>Blocks as their bytes.</summary>
    internal static ReadOnlySpan<byte> Bytes(ReadOnlySpan<T> blocks) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(blocks)), checked(blocks.Length * Unsafe.SizeOf<T>()));

    private static bool IsPlainArray(Type type) =>
        type.IsSZArray && type.GetElementType() is { } element && (element == typeof(string) || ShapeCatalog.IsBlock(element));
}
