namespace Multitasking.Invocation.Shapes;

/// <summary>A <see cref="CancellationToken"/>, by reference: cancelling it here cancels the one it becomes over there.</summary>
internal sealed class TokenShape() : Shape(typeof(CancellationToken))
{
    internal override void WriteHead(GraphWriter writer, object value) =>
        writer.Bytes.WriteNumber(writer.Crossing.Add((CancellationToken)value));

    internal override object ReadHead(GraphReader reader) => reader.Arrival.Token(reader.Bytes.ReadNumber());
}
