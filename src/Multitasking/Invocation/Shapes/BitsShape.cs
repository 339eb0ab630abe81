using System.Collections;

namespace Multitasking.Invocation.Shapes;

/// <summary>A <see cref="BitArray"/>, as its bits, eight a byte.</summary>
internal sealed class BitsShape() : Shape(typeof(BitArray))
{
    internal override void WriteHead(GraphWriter writer, object value)
    {
        var bits = (BitArray)value;
        byte[] bytes = new byte[BytesFor(bits.Length)];
        bits.CopyTo(bytes, 0);
        writer.Bytes.WriteNumber(bits.Length);
        writer.Bytes.WriteBlock(bytes);
    }

    internal override object ReadHead(GraphReader reader)
    {
        int length = reader.Bytes.ReadNumber();
        if (length < 0)
            throw Transport.ByteReader.Malformed($"{length} bits");
        return new BitArray(reader.Bytes.Take(BytesFor(length)).ToArray()) { Length = length };
    }

    private static int BytesFor(int bits) => (int)((bits + 7L) / 8);
}
