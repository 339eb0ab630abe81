using System.Numerics;

namespace Multitasking.Invocation.Shapes;

/// <summary>A <see cref="BigInteger"/>, as the bytes of its two's complement. Its fields have to fit to each other.</summary>
internal sealed class NumberShape() : Shape(typeof(BigInteger))
{
    internal override void WriteHead(GraphWriter writer, object value)
    {
        byte[] bytes = ((BigInteger)value).ToByteArray();
        writer.Bytes.WriteNumber(bytes.Length);
        writer.Bytes.WriteBlock(bytes);
    }

    internal override object ReadHead(GraphReader reader) => new BigInteger(reader.Bytes.Take(reader.Bytes.ReadCount()));
}
