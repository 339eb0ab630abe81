namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A sequence that the compiler made of a method (<c>yield</c>, F# <c>seq</c>): its body runs where it is enumerated. A child may be given one; its
/// parent is given none.
/// </summary>
internal sealed class IteratorShape(Type type) : FieldsShape(type)
{
    internal override void WriteHead(GraphWriter writer, object value)
    {
        if (writer.Crossing.IsAnswer)
            throw writer.Refuse(value, "it has not run yet, and would run in the process that reads it; call ToList in the target");
        base.WriteHead(writer, value);
    }
}
