using System.Runtime.InteropServices;

namespace Multitasking.Invocation.Shapes;

/// <summary>Arrays of any rank; elements without references move as one block.</summary>
internal sealed class ArrayShape(Type type) : Shape(type)
{
    private readonly Slot _element = new(type.GetElementType()!);
    private readonly int _rank = type.GetArrayRank();

    // Null for elements with references.
    private readonly BlockShape? _block = ShapeCatalog.Find(type.GetElementType()!) as BlockShape;

    private int BlockSize => _block?.Size ?? 0;

    internal override bool HasBody => BlockSize == 0;

    /// <summary>Exceptions that hold several have them in an array.</summary>
    internal override bool Nests => typeof(Exception).IsAssignableFrom(_element.Declared);

    internal override void WriteHead(GraphWriter writer, object value)
    {
        var array = (Array)value;
        for (int dimension = 0; dimension < _rank; dimension++)
        {
            if (array.GetLowerBound(dimension) != 0)
                throw writer.Refuse(value, "an array that does not start at 0; copy it into one that does");
            writer.Bytes.WriteNumber(array.GetLength(dimension));
        }
        if (BlockSize > 0)
            writer.Bytes.WriteArray(array, Contents(array, array.LongLength));
    }

    /// <summary>The head of a shorter array that begins like this one.</summary>
    internal void WriteHead(GraphWriter writer, Array vector, int length)
    {
        writer.Bytes.WriteNumber(length);
        if (BlockSize > 0)
            writer.Bytes.WriteBlock(Contents(vector, length));
    }

    internal override object ReadHead(GraphReader reader)
    {
        // A claim wider than the message is a lie and takes no memory.
        if (_rank == 1)
            return Fill(reader, Vector(BlockSize > 0 ? reader.Bytes.ReadCount(BlockSize) : reader.ReadCount()));
        int[] lengths = new int[_rank];
        for (int dimension = 0; dimension < _rank; dimension++)
            lengths[dimension] = reader.Bytes.ReadNumber();
        long total = Total(reader, lengths);
        if (BlockSize == 0)
            reader.Claim(total);
        return Fill(reader, Array.CreateInstanceFromArrayType(Type, lengths));
    }

    /// <summary>The bytes that its elements take at least. One that is empty in one dimension may be wide in others.</summary>
    private long Total(GraphReader reader, int[] lengths)
    {
        bool isEmpty = Array.IndexOf(lengths, 0) >= 0;
        long total = Math.Max(1, BlockSize);
        foreach (int length in lengths)
            if (length < 0 || ((total *= isEmpty ? 1 : length) > reader.Bytes.Left && !isEmpty))
                throw Transport.ByteReader.Malformed($"an array of {total} bytes with {reader.Bytes.Left} left");
        return isEmpty ? 0 : total;
    }

    internal override void WriteBody(GraphWriter writer, object value)
    {
        var array = (Array)value;
        if (_rank == 1)
        {
            WriteBody(writer, array, array.Length);
            return;
        }
        int index = 0;
        foreach (object? element in array)
            writer.WriteValue(_element, element, index++);
    }

    /// <summary>The body of a shorter array that begins like this one.</summary>
    internal void WriteBody(GraphWriter writer, Array vector, int length)
    {
        if (vector is object?[] references)
            for (int i = 0; i < length; i++)
                writer.WriteValue(_element, references[i], i);
        else
            for (int i = 0; i < length; i++)
                writer.WriteValue(_element, vector.GetValue(i), i);
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        var array = (Array)value;
        if (_rank == 1)
        {
            ReadBody(reader, array);
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

    private void ReadBody(GraphReader reader, Array vector)
    {
        if (vector is object?[] references)
        {
            for (int i = 0; i < references.Length; i++)
                references[i] = reader.ReadMember(_element, i);
        }
        else if (vector.Length > 0 && _element.IsInPlace && reader.OwnShape(_element) is FieldsShape { HasBody: true } fields)
        {
            // One box for all: each element has the same fields, and is copied out.
            object box = fields.ReadHead(reader);
            for (int i = 0; i < vector.Length; i++)
            {
                reader.ReadBodyInPlace(fields, box);
                vector.SetValue(box, i);
            }
        }
        else
        {
            for (int i = 0; i < vector.Length; i++)
                vector.SetValue(reader.ReadMember(_element, i), i);
        }
    }

    private Array Vector(int length) =>
        // Clearing a megabyte takes as long as copying one.
        Type == typeof(byte[]) ? GC.AllocateUninitializedArray<byte>(length) : Array.CreateInstanceFromArrayType(Type, length);

    private Array Fill(GraphReader reader, Array array)
    {
        if (BlockSize > 0)
        {
            var contents = Contents(array, array.LongLength);
            reader.Bytes.ReadInto(contents);
            if (!reader.IsTrusted)
                _block!.Check(contents);
        }
        return array;
    }

    private Span<byte> Contents(Array array, long length) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), checked((int)(length * BlockSize)));
}
