namespace Multitasking.Invocation.Shapes;

/// <summary>A <see cref="CancellationToken"/>, by reference: cancelling it here cancels the one it becomes over there.</summary>
internal sealed class TokenShape() : Shape(typeof(CancellationToken))
{
    internal override void WriteHead(GraphWriter writer, object value)
    {
        var token = (CancellationToken)value;
        int number = writer.Crossing.Add(token);
        writer.Bytes.WriteNumber(number);
        // What is told later could come after the target has begun.
        if (number != 0)
            writer.Bytes.WriteByte(token.IsCancellationRequested ? (byte)1 : (byte)0);
    }

    internal override object ReadHead(GraphReader reader)
    {
        int number = reader.Bytes.ReadNumber();
        return number == 0 ? CancellationToken.None : reader.Arrival.Token(number, isCancelled: reader.Bytes.ReadByte() != 0);
    }
}
