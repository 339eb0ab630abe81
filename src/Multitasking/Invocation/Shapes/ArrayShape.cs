using System.Runtime.InteropServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>Arrays of any rank; elements without references move as one block.</summary>
internal sealed class ArrayShape(Type type) : Shape(type)
{
    private readonly Type _element = type.GetElementType()!;
    private readonly int _rank = type.GetArrayRank();

    // 0 for elements with references.
    private readonly int _blockSize = (ShapeCatalog.Find(type.GetElementType()!) as BlockShape)?.Size ?? 0;

    internal override bool HasBody => _blockSize == 0;

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var array = (Array)value;
        for (int dimension = 0; dimension < _rank; dimension++)
        {
            if (array.GetLowerBound(dimension) != 0)
                throw writer.Refuse(value, "an array that does not start at 0; copy it into one that does");
            writer.Bytes.WriteNumber(array.GetLength(dimension));
        }
        if (_blockSize > 0)
            writer.Bytes.WriteArray(array, Contents(array));
    }

    internal override object ReadHead(GraphReader reader)
    {
        // A claim wider than the message is a lie and takes no memory.
        if (_rank == 1)
            return Fill(reader, Array.CreateInstanceFromArrayType(Type, _blockSize > 0 ? reader.Bytes.ReadCount(_blockSize) : reader.ReadCount()));
        int[] lengths = new int[_rank];
        long total = Math.Max(1, _blockSize);
        for (int dimension = 0; dimension < _rank; dimension++)
        {
            lengths[dimension] = reader.Bytes.ReadNumber();
            if (lengths[dimension] < 0 || (total *= lengths[dimension]) > reader.Bytes.Left)
                throw Transport.ByteReader.Malformed($"an array of {total} bytes with {reader.Bytes.Left} left");
        }
        if (_blockSize == 0)
            reader.Claim(total);
        return Fill(reader, Array.CreateInstanceFromArrayType(Type, lengths));
    }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        int index = 0;
        foreach (object? element in (Array)value)
            writer.WriteValue(_element, element, value, index++);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        var array = (Array)value;
        if (array is object?[] references && _rank == 1)
        {
            for (int i = 0; i < references.Length; i++)
                references[i] = reader.ReadValue(_element);
            return;
        }
        int[] at = new int[_rank];
        for (long left = array.LongLength; left > 0; left--)
        {
            array.SetValue(reader.ReadValue(_element), at);
            for (int dimension = _rank - 1; dimension >= 0 && ++at[dimension] == array.GetLength(dimension); dimension--)
                at[dimension] = 0;
        }
    }

    private Array Fill(GraphReader reader, Array array)
    {
        if (_blockSize > 0)
            reader.Bytes.ReadInto(Contents(array));
        return array;
    }

    private Span<byte> Contents(Array array) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), checked((int)(array.LongLength * _blockSize)));
}
