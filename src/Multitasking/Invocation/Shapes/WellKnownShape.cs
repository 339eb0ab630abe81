using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>An object of which each process has one: what arrives is that of the process where it arrives.</summary>
internal sealed class WellKnownShape : Shape
{
    private readonly object _value;

    private WellKnownShape(object value) : base(value.GetType()) => _value = value;

    /// <returns><see langword="null"/> for a type that has others.</returns>
    internal static WellKnownShape? For(Type type)
    {
        if (type == typeof(DBNull))
            return new(DBNull.Value);
        if (type == typeof(Missing))
            return new(Missing.Value);
        if (type == typeof(ReferenceEqualityComparer))
            return new(ReferenceEqualityComparer.Instance);
        if (type == typeof(EventArgs))
            return new(EventArgs.Empty);
        return type.FullName is "System.Collections.StructuralComparer" or "System.Collections.StructuralEqualityComparer"
            ? ForStructural(type)
            : null;
    }

    /// <summary>Apart, because native code loads what a method names when it is entered.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WellKnownShape ForStructural(Type type) =>
        new(type == StructuralComparisons.StructuralComparer.GetType()
            ? StructuralComparisons.StructuralComparer
            : StructuralComparisons.StructuralEqualityComparer);

    internal override void WriteHead(GraphWriter writer, object value)
    {
    }

    internal override object ReadHead(GraphReader reader) => _value;
}
