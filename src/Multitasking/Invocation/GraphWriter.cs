using Multitasking.Invocation.Shapes;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Writes values and all they refer to. One writer is one message: within it an object that is met again stays one.</summary>
internal sealed class GraphWriter(ByteWriter bytes, Crossing crossing, TypeWriter types)
{
    internal GraphWriter(ByteWriter bytes, Crossing crossing) : this(bytes, crossing, new TypeWriter(bytes))
    {
    }

    /// <summary>What precedes a reference.</summary>
    internal const byte Null = 0, Known = 1, Declared = 2, Other = 3;

    /// <summary>How far boxed structs may nest, and delegates that are called on delegates: they are written inside what holds them.</summary>
    internal const int MostDeep = 1000;

    private readonly Dictionary<object, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> _objects = [];
    private readonly List<Shape> _shapes = [];
    private readonly ObjectPaths _paths = new();
    private int _depth;

    internal ByteWriter Bytes { get; } = bytes;

    internal Crossing Crossing { get; } = crossing;

    /// <summary>Writes one of the message's values, and all it refers to.</summary>
    /// <param name="declared">The type that the reading side will expect.</param>
    /// <param name="value">The value.</param>
    /// <param name="label">What it is, for the path in an error: <c>argument 'path'</c>.</param>
    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    internal void WriteRoot(Type declared, object? value, string label)
    {
        int first = _objects.Count;
        _paths.Root = label;
        WriteValue(declared, value, owner: null, label);
        for (int i = first; i < _objects.Count; i++)
            if (_shapes[i].HasBody)
                _shapes[i].WriteBody(this, _objects[i]);
    }

    internal void WriteValue(Type declared, object? value, object? owner, string field)
    {
        _paths.Enter(owner, field);
        Write(declared, value);
    }

    internal void WriteValue(Type declared, object? value, object? owner, int index)
    {
        _paths.Enter(owner, index);
        Write(declared, value);
    }

    internal void WriteType(Type type) => types.Write(type);

    /// <summary>The error for the value that is being written.</summary>
    internal TargetNotSupportedException Refuse(object value, string reason)
    {
        string path = $"{_paths.Current} : {TypeNames.Of(value.GetType())}";
        return new TargetNotSupportedException($"{path} cannot travel to another process: {reason}.", path);
    }

    private void Write(Type declared, object? value)
    {
        if (declared.IsValueType && Nullable.GetUnderlyingType(declared) is null)
        {
            WriteInPlace(ShapeFor(declared, value!), value!);
            return;
        }
        if (value is null)
        {
            Bytes.WriteByte(Null);
            return;
        }
        value = InStead(declared, value);
        if (value is not string && _numbers.TryGetValue(value, out int number))
        {
            Bytes.WriteByte(Known);
            Bytes.WriteNumber(number);
            return;
        }
        var type = ShapeCatalog.TravelsAs(declared, value);
        var shape = ShapeFor(type, value);
        if (type == declared || Nullable.GetUnderlyingType(declared) == type)
        {
            Bytes.WriteByte(Declared);
        }
        else
        {
            Bytes.WriteByte(Other);
            WriteType(type);
        }
        if (type.IsValueType)
        {
            WriteInPlace(shape, value);
            return;
        }
        if (value is not string)
        {
            _numbers.Add(value, _objects.Count);
            _objects.Add(value);
            _shapes.Add(shape);
            _paths.Found(value);
        }
        Enter(value);
        shape.WriteHead(this, value);
        _depth--;
    }

    private object InStead(Type declared, object value)
    {
        // What is used as a progress crosses as one, whatever else it is.
        if (value is string || Crossing.SurrogateFor(value) is not { } surrogate || ShapeCatalog.IsProgress(declared))
            return value;
        return declared.IsInstanceOfType(surrogate) ? surrogate : throw Refuse(value,
            $"a {TypeNames.Of(surrogate.GetType())} crosses in its stead, which is no {TypeNames.Of(declared)}; declare the variable or field as the interface that is used");
    }

    /// <summary>A struct is part of what holds it: its fields follow at once.</summary>
    private void WriteInPlace(Shape shape, object value)
    {
        shape.WriteHead(this, value);
        if (!shape.HasBody)
            return;
        _paths.Found(value);
        Enter(value);
        shape.WriteBody(this, value);
        _depth--;
    }

    private void Enter(object value)
    {
        if (++_depth > MostDeep)
            throw Refuse(value, $"it is nested more than {MostDeep:N0} deep in boxed structs or delegates, or in itself; use classes, or a list");
    }

    private Shape ShapeFor(Type type, object value)
    {
        if (ShapeCatalog.Find(type) is { } shape)
            return shape;
        throw Refuse(value, ShapeCatalog.WhyRefused(type)!);
    }
}
