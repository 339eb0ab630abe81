using Multitasking.Invocation.Shapes;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Reads what a <see cref="GraphWriter"/> wrote. It reads by declared types, and makes no object of a type that may not travel.</summary>
internal sealed class GraphReader(ByteReader bytes, TypeReader types, Arrival arrival)
{
    // Two lists rather than one of pairs: the framework ships no compiled code for those, and a child would wait for the compiler.
    private readonly List<object?> _objects = [];
    private readonly List<Shape> _shapes = [];
    private readonly ReferenceOrder _order = new();
    private Dictionary<object, object>? _notes;
    private int _owner = ReferenceOrder.NoOwner;
    private int _depth;
    private long _claimed;

    internal ByteReader Bytes { get; } = bytes;

    internal Arrival Arrival { get; } = arrival;

    /// <summary>Reads one of the message's values, and all it refers to.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a value.</exception>
    internal object? ReadRoot(Type declared)
    {
        try
        {
            return ReadGraph(declared);
        }
        catch (Exception exception) when (!types.IsTrusted && exception is not InvalidDataException)
        {
            // Types that do not fit together, names that mean nothing, a comparer that throws: whatever a child can make up.
            throw ByteReader.Malformed(exception.Message, exception);
        }
    }

    private object? ReadGraph(Type declared)
    {
        int first = _objects.Count;
        _owner = ReferenceOrder.NoOwner;
        object? value = ReadValue(declared);
        var unfinished = new List<int>();
        for (int i = first; i < _objects.Count; i++)
        {
            _owner = i;
            if (_shapes[i].HasBody)
                _shapes[i].ReadBody(this, _objects[i]!);
            if (_shapes[i].IsFinishedLate)
                unfinished.Add(i);
        }
        // A dictionary's keys are whole before the dictionary hashes them.
        foreach (int i in unfinished.Count > 1 ? _order.InnermostFirst(unfinished, _objects.Count) : unfinished)
            _shapes[i].Finish(this, _objects[i]!);
        return value;
    }

    internal object? ReadValue(Type declared)
    {
        if (declared.IsValueType && Nullable.GetUnderlyingType(declared) is null)
            return ReadInPlace(ShapeFor(declared));
        byte tag = Bytes.ReadByte();
        switch (tag)
        {
            case GraphWriter.Null:
                return null;
            case GraphWriter.Known:
                int number = Bytes.ReadNumber();
                object? known = (uint)number < (uint)_objects.Count ? _objects[number] : null;
                _order.Add(_owner, number);
                return known is not null && declared.IsInstanceOfType(known)
                    ? known
                    : throw ByteReader.Malformed($"a reference to object {number} where a {declared} is expected");
            case GraphWriter.Declared:
                return ReadNew(Nullable.GetUnderlyingType(declared) ?? declared);
            case GraphWriter.Other:
                var type = ReadType();
                // No box is a nullable's: what the runtime makes in its stead is smaller.
                return declared.IsAssignableFrom(type) && Nullable.GetUnderlyingType(type) is null
                    ? ReadNew(type)
                    : throw ByteReader.Malformed($"a {type} where a {declared} is expected");
            default:
                throw ByteReader.Malformed($"a value with tag {tag}");
        }
    }

    /// <summary>A count of values that follow, now or later, each at least a byte.</summary>
    internal int ReadCount()
    {
        int count = Bytes.ReadCount();
        Claim(count);
        return count;
    }

    /// <summary>All the values that one message says are to come have to fit into it: objects are made before their contents are read.</summary>
    internal void Claim(long count)
    {
        _claimed += count;
        if (_claimed > Bytes.Length)
            throw ByteReader.Malformed($"{_claimed} values in {Bytes.Length} bytes");
    }

    internal Type ReadType() => types.Read(Bytes);

    /// <summary>A type whose methods are about to be called.</summary>
    internal Type ReadTypeOfCode()
    {
        var type = ReadType();
        return types.AllowsCode(type) ? type : throw ByteReader.Malformed($"a method of {type}, which this call has nothing to do with");
    }

    /// <summary>Keeps something for an object until it is finished.</summary>
    internal void Remember(object value, object note) =>
        (_notes ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance)).Add(value, note);

    internal object Recall(object value) => _notes![value];

    private object ReadNew(Type type)
    {
        var shape = ShapeFor(type);
        if (type.IsValueType)
            return ReadInPlace(shape);
        if (type == typeof(string))
            return shape.ReadHead(this);
        int number = _objects.Count;
        _objects.Add(null);
        _shapes.Add(shape);
        _order.Add(_owner, number);
        int owner = _owner;
        _owner = number;
        Enter();
        object value = shape.ReadHead(this);
        _depth--;
        _owner = owner;
        _objects[number] = value;
        return value;
    }

    private object ReadInPlace(Shape shape)
    {
        object value = shape.ReadHead(this);
        if (!shape.HasBody)
            return value;
        Enter();
        shape.ReadBody(this, value);
        _depth--;
        return value;
    }

    /// <summary>Where the codec does recurse, a made-up message must not overflow the stack.</summary>
    private void Enter()
    {
        if (++_depth > GraphWriter.MostDeep)
            throw ByteReader.Malformed($"structs or delegates nested more than {GraphWriter.MostDeep:N0} deep");
    }

    private Shape ShapeFor(Type type)
    {
        if (types.IsTrusted)
            return ShapeCatalog.FindTrusted(type);
        if (!types.Allows(type))
            throw ByteReader.Malformed($"an object of type {type}, which this call has nothing to do with");
        return ShapeCatalog.Find(type) ?? throw ByteReader.Malformed($"an object of type {type}, which cannot travel");
    }
}
