using System.Reflection;
using Multitasking.Interop;
using Multitasking.SharedMemory;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// Captured variables. One that the target does not use is left behind if it could not travel, or is shared: a process that holds a channel counts among those that use it. It stands in the same object because
/// another lambda of the same scope captured it.
/// </summary>
internal sealed class ClosureShape(Type type) : FieldsShape(type)
{
    protected override object? Sent(GraphWriter writer, FieldInfo field, Slot slot, object? value) =>
        value is null || slot.IsInPlace || IsSent(writer, field, slot.ShapeOf(value), value) ? value : null;

    private static bool IsSent(GraphWriter writer, FieldInfo field, Shape? shape, object value) => shape switch
    {
        null => writer.Uses(field),
        // Native code cannot tell what a target uses; what was disposed of it can hardly be.
        SharedShape => writer.Uses(field) && !(Platform.IsNativeAot && SharedShape.IsDisposed(value)),
        _ when value is IMadeOfShared => writer.Uses(field),
        _ => true,
    };
}
