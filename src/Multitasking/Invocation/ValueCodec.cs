using System.Runtime.CompilerServices;

namespace Multitasking.Invocation;

/// <summary>How values of a type known when compiling travel: as they are in memory, as text, or as a graph of objects.</summary>
internal static class ValueCodec<T>
{
    /// <summary>Whether values are written as their bytes in memory, always the same number of them.</summary>
    internal static bool IsBlock { get; } = !RuntimeHelpers.IsReferenceOrContainsReferences<T>() && ShapeCatalog.IsBlock(typeof(T));

    /// <summary>Where they stand as a graph.</summary>
    internal static Slot Slot { get; } = new(typeof(T));
}
