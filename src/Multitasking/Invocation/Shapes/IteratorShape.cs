using Multitasking.Invocation.Closures;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// A sequence that the compiler made of a method (<c>yield</c>, F# <c>seq</c>), or an <c>async</c> of F#: its body runs where it is
/// enumerated. A child may be given one, with what that body reads of captured variables; who does not believe its writer, as a parent its
/// child, is given none.
/// </summary>
internal sealed class IteratorShape(Type type) : FieldsShape(type)
{
    /// <summary>Refuses it before its class is named, which the reader may not know either.</summary>
    internal override void WriteTag(GraphWriter writer, Slot slot, object value)
    {
        if (writer.Crossing.Reader is not null)
            throw writer.Refuse(value, $"it has not run yet, and would run in the process that reads it; {WayOut(writer.Crossing)}");
        base.WriteTag(writer, slot, value);
    }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        var places = Places();
        for (int i = 0; i < Fields.Length; i++)
        {
            if (ClosureTypes.IsClosure(Fields[i].FieldType))
                writer.BeginClosureUse(CapturedUse.By(Type));
            WriteField(writer, value, i, places);
        }
    }

    private string WayOut(Crossing crossing) =>
        (LazySequences.IsAsync(Type) ? "run it (Async.RunSynchronously)" : "call ToList")
        + (crossing.IsAnswer ? " in the target" : ", and send what that gives");
}
