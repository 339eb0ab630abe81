namespace Multitasking.Invocation.Shapes;

/// <summary>
/// Captured variables. One that the target does not use, and that could not travel, is left behind: it stands in the same object because another lambda of the same scope captured it.
/// </summary>
internal sealed class ClosureShape(Type type) : FieldsShape(type)
{
    internal override void WriteBody(GraphWriter writer, object value)
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            object? captured = Fields[i].GetValue(value);
            if (captured is not null && !Slots[i].IsInPlace && Slots[i].ShapeOf(captured) is null && !writer.Uses(Fields[i]))
                captured = null;
            writer.WriteValue(Slots[i], captured, Fields[i].Name);
        }
    }
}
