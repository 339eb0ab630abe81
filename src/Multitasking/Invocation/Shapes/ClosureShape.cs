using System.Reflection;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// Captured variables. One that the target does not use, and that could not travel, is left behind: it stands in the same object because another lambda of the same scope captured it.
/// </summary>
internal sealed class ClosureShape(Type type) : FieldsShape(type)
{
    protected override object? Sent(GraphWriter writer, FieldInfo field, Slot slot, object? value) =>
        value is null || slot.IsInPlace || slot.ShapeOf(value) is not null || writer.Uses(field) ? value : null;
}
