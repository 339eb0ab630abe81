using System.Reflection;
using System.Runtime.CompilerServices;
using Multitasking.Invocation.Closures;
using Multitasking.Invocation.Shapes;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Writes values and all they refer to. Within a message an object that is met again stays one; <see cref="Begin"/> begins the next.
/// </summary>
internal sealed class GraphWriter
{
    /// <summary>What precedes a reference.</summary>
    internal const byte Null = 0, Known = 1, Declared = 2, Other = 3, Converted = 4;

    /// <summary>
    /// How far boxed structs may nest, and delegates that are called on delegates: they are written inside what holds them.
    /// </summary>
    internal const int MostDeep = 1000;

    private static readonly Slot s_any = new(typeof(object));

    private readonly TypeWriter _types;
    private readonly WrittenObjects _objects = new();
    private readonly ObjectPaths _paths;
    private readonly ReferenceOrder _order = new();
    private WholeGraph? _whole;
    private WrittenClosures? _closures;
    private CapturedUse? _use;
    private int _current;
    private readonly ReaderLimits _limits = new();
    private int _depth;
    private bool _isTrial;
    private bool _hasEvents;

    internal GraphWriter(ByteWriter bytes, Crossing crossing) : this(bytes, crossing, new TypeWriter(bytes))
    {
    }

    internal GraphWriter(ByteWriter bytes, Crossing crossing, TypeWriter types)
    {
        Bytes = bytes;
        Crossing = crossing;
        _types = types;
        _paths = new ObjectPaths(_objects);
    }

    internal ByteWriter Bytes { get; }

    internal Crossing Crossing { get; private set; }

    /// <summary>
    /// Begins another message, or a part of one that is read for itself, also after one that was refused. The types are their writer's own
    /// matter.
    /// </summary>
    internal void Begin(Crossing crossing)
    {
        Crossing = crossing;
        _objects.Clear();
        _paths.Clear();
        _order.Clear();
        _whole = null;
        _depth = 0;
        _hasEvents = false;
        _use = null;
        _closures?.Clear();
        _limits.Clear();
    }

    /// <summary>Writes one of the message's values, and all it refers to.</summary>
    /// <param name="declared">The type that the reading side will expect.</param>
    /// <param name="value">The value.</param>
    /// <param name="label">What it is, for the path in an error: <c>argument 'path'</c>.</param>
    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    internal void WriteRoot(Type declared, object? value, string label) => WriteRoot(new Slot(declared), value, _ => label, 0);

    /// <param name="slot">What the reading side will expect.</param>
    /// <param name="value">The value.</param>
    /// <param name="labels">What the values are called in errors.</param>
    /// <param name="label">Which of them it is.</param>
    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    internal void WriteRoot(Slot slot, object? value, Func<int, string> labels, int label) =>
        WriteRoot(slot, value, labels, label, isTarget: false);

    private void WriteRoot(Slot slot, object? value, Func<int, string> labels, int label, bool isTarget)
    {
        int first = _objects.Count;
        _paths.Begin(labels, label, isTarget);
        Write(slot, value);
        WriteBodies(first);
        if (_closures is { Any: true })
            WriteIncomplete(_closures);
        if (_limits.HasNesting)
            CheckNesting(value!);
        // When all of it is written: what an object made for the purpose may be cleared now.
        for (int i = first; _hasEvents && i < _objects.Count; i++)
            Serialized(i);
        _hasEvents = false;
    }

    /// <summary>
    /// Writes a part of the head of the object that is being written, and all it refers to: on the other side it is complete before that
    /// head is over.
    /// </summary>
    /// <exception cref="TargetNotSupportedException">It leads back to that object, or something in it cannot travel.</exception>
    internal void WriteWhole(Slot slot, object? value, string field)
    {
        int owner = _paths.Owner, next = _objects.Count;
        var outer = _whole;
        var whole = _whole = new WholeGraph(_objects, _order);
        WriteValue(slot, value, field);
        while (true)
        {
            for (; next < _objects.Count; next++)
                WriteBody(next);
            int earlier = whole.NextUnwritten(out bool leadsBack);
            _paths.Owner = owner;
            if (leadsBack)
                throw LeadsBack(whole.Self, field);
            if (earlier < 0 && _closures is not null && _closures.TryTakeIncomplete(out int closure))
            {
                Bytes.WriteNumber(closure + 1);
                WriteMore(closure);
                continue;
            }
            Bytes.WriteNumber(earlier + 1);
            if (earlier < 0)
                break;
            WriteBody(earlier);
        }
        whole.Close();
        _whole = outer;
    }

    private TargetNotSupportedException LeadsBack(int number, string field)
    {
        _paths.Return(_objects[number].Step);
        return Refuse(_objects[number].Value!,
            $"what it is rebuilt from ({field}) leads back to it, or to what holds it; leave the way back out, and set it in the target");
    }

    private void WriteBody(int number)
    {
        if (_objects[number].Stage != WrittenStage.Head)
            return;
        var shape = _objects[number].Shape!;
        if (shape.Events is { } events)
        {
            _hasEvents = true;
            _paths.Return(_objects[number].Step);
            events.Serializing(this, _objects[number].Value!);
        }
        if (shape.HasBody)
        {
            _objects[number].Stage = WrittenStage.Body;
            WriteMore(number);
        }
        _objects[number].Stage = WrittenStage.Whole;
    }

    private void Serialized(int number)
    {
        if (_objects[number].Shape!.Events is not { } events)
            return;
        _paths.Return(_objects[number].Step);
        events.Serialized(this, _objects[number].Value!);
    }

    /// <summary>Writes the object that a target is called on: its captured variables, as a rule.</summary>
    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    internal void WriteTarget(MethodInfo target, object? value, Func<int, string> labels, int label)
    {
        if (value is not null)
            BeginTarget(target, value);
        WriteRoot(s_any, value, labels, label, isTarget: true);
    }

    /// <summary>The value that is written next is the object of a method. A closure is used by that as far as its code says.</summary>
    internal void BeginTarget(MethodInfo method, object target)
    {
        if (!method.IsStatic && ShapeCatalog.Find(target.GetType()) is ClosureShape)
            _use = CapturedUse.By(method);
    }

    /// <summary>The value that is written next is a closure, or none, of which those lambdas may use what they name.</summary>
    internal void BeginClosureUse(CapturedUse use) => _use = use;

    /// <summary>Begins the contents of the closure that is being written, or what more is wanted of them.</summary>
    internal (CapturedUse Wanted, CapturedUse? Written) BeginClosure() => _closures!.Begin(_current);

    /// <summary>Writes a part of the object that is being written.</summary>
    internal void WriteValue(Slot slot, object? value, string field)
    {
        _paths.Enter(field);
        Write(slot, value);
    }

    internal void WriteValue(Slot slot, object? value, int index)
    {
        _paths.Enter(index);
        Write(slot, value);
    }

    /// <summary>Writes a key and its value, which are an item of the object that is being written.</summary>
    internal void WritePair(Slot keySlot, object key, Slot valueSlot, object? value, int index)
    {
        _paths.Enter(index);
        int step = _paths.FoundInPlace();
        int owner = Enter(step, key);
        WriteValue(keySlot, key, nameof(key));
        WriteValue(valueSlot, value, nameof(value));
        Leave(owner);
        _paths.Leave(step);
    }

    /// <exception cref="UntrustedObjectException">The reader makes no object of it.</exception>
    internal void WriteType(Type type)
    {
        _limits.Check(Crossing.Reader, type, _paths);
        try
        {
            _types.Write(type);
        }
        catch (TargetNotSupportedException exception) when (exception.Path is null && _paths.IsInValue)
        {
            string message = $"{_paths.Current} cannot travel to another process. {exception.Message}";
            throw new TargetNotSupportedException(message, _paths.Current);
        }
    }

    /// <summary>Writes a type of which a method is going to be called.</summary>
    /// <exception cref="UntrustedObjectException">The reader calls no method of it.</exception>
    internal void WriteTypeOfCode(Type type)
    {
        ReaderLimits.CheckCode(Crossing.Reader, type, _paths);
        WriteType(type);
    }

    /// <summary>Says whether a value could be part of this message, by writing it for nothing.</summary>
    internal bool Takes(object value)
    {
        if (value is string || ShapeCatalog.IsBlock(value.GetType()))
            return true;
        // An exception may be among its own data.
        if (_isTrial)
            return false;
        try
        {
            var crossing = Crossing.Reader is { } reader ? reader.Answers : Crossing.None("what is noted on an exception");
            new GraphWriter(new ByteWriter(), crossing) { _isTrial = true }.WriteRoot(s_any, value, static _ => "value", 0);
            return true;
        }
        catch (MultitaskingException)
        {
            return false;
        }
    }

    /// <summary>The error for the value that is being written.</summary>
    internal TargetNotSupportedException Refuse(object value, string reason, Exception? cause = null)
    {
        string path = $"{_paths.Current} : {TypeNames.Of(value.GetType())}";
        return new TargetNotSupportedException($"{path} cannot travel to another process: {reason}.", path, cause);
    }

    private void WriteBodies(int first)
    {
        for (int i = first; i < _objects.Count; i++)
            WriteBody(i);
    }

    /// <summary>Writes the contents of an object, or of a closure what more is wanted of them.</summary>
    private void WriteMore(int number)
    {
        _current = number;
        _paths.Owner = _objects[number].Step;
        _objects[number].Shape!.WriteBody(this, _objects[number].Value!);
    }

    /// <summary>Closures that were written before all of their lambdas were met: their numbers from 1, the rest of them; then 0.</summary>
    private void WriteIncomplete(WrittenClosures closures)
    {
        while (closures.TryTakeIncomplete(out int number))
        {
            Bytes.WriteNumber(number + 1);
            int first = _objects.Count;
            WriteMore(number);
            WriteBodies(first);
        }
        Bytes.WriteNumber(0);
    }

    private void Write(Slot slot, object? value)
    {
        if (slot.IsInPlace)
            WriteInPlace(slot.Shape ?? throw Refuse(value!, ShapeCatalog.WhyRefused(slot.Own)!), value!);
        else if (value is null)
            WriteNull();
        else if (value is string text)
            WriteText(slot, text);
        else
            WriteObject(slot, value);
    }

    private void WriteNull()
    {
        _use = null;
        Bytes.WriteByte(Null);
    }

    private void WriteText(Slot slot, string text)
    {
        WriteTag(slot, typeof(string));
        Bytes.WriteText(text);
    }

    private void WriteObject(Slot slot, object value)
    {
        var use = _use;
        _use = null;
        var type = slot.TravelsAs(value);
        if (slot.IsNullable)
        {
            // A nullable value: the box is the codec's own.
            var nullable = ShapeFor(slot, type, value);
            WriteTag(slot, type);
            WriteInPlace(nullable, value);
            return;
        }
        int number = _objects.NumberOf(value, out bool isKnown);
        if (isKnown && _objects[number].Shape is ProgressShape known && !known.IsFor(value, slot)
            && ProgressTypes.ReportedTo(value, slot) is { } reported)
            // Each way of using it has a stand-in of its own.
            number = _objects.NumberOf(Crossing.UseOf(value, reported), out isKnown);
        int holder = _paths.OwnerObject;
        _order.Add(holder, number);
        if (isKnown)
        {
            NoteNesting(holder, number);
            _objects[number].Shape?.CheckFit(this, slot, value);
            _whole?.Meet(number);
            if (_objects[number].Shape is ClosureShape)
                Meet(number, use);
            Bytes.WriteByte(Known);
            Bytes.WriteNumber(number);
            return;
        }
        var shape = ShapeFor(slot, type, value);
        shape.WriteTag(this, slot, value);
        bool isBox = type.IsValueType;
        int step = _paths.Found(number);
        _objects[number].Shape = isBox ? BoxShape.Of(shape) : shape;
        _objects[number].Step = step;
        if (shape is ClosureShape)
            Meet(number, use);
        NoteNesting(holder, number);
        int owner = Enter(step, value);
        shape.WriteHead(this, value);
        if (isBox && shape.HasBody)
            shape.WriteBody(this, value);
        _objects[number].Stage = isBox ? WrittenStage.Whole : WrittenStage.Head;
        Leave(owner);
    }

    private void Meet(int closure, CapturedUse? use) => (_closures ??= new WrittenClosures()).Meet(closure, use ?? CapturedUse.Whole);

    /// <summary>Methods of some objects walk through what they hold, which the reader bounds.</summary>
    private void NoteNesting(int holder, int number)
    {
        if (Crossing.Reader is not null && _objects[number].Shape is { Nests: true })
            _limits.Nest(_objects, holder);
    }

    private void CheckNesting(object root)
    {
        if (ReaderLimits.Excess(_objects, _order) is not { } excess)
            return;
        _paths.Owner = ObjectPaths.NoOwner;
        _paths.Enter(0);
        throw Refuse(root, $"it has {excess}, whose own methods would not come to an end there");
    }

    internal void WriteTag(Slot slot, Type type)
    {
        if (ReferenceEquals(type, slot.Own))
        {
            Bytes.WriteByte(Declared);
            return;
        }
        Bytes.WriteByte(Other);
        WriteType(type);
        if (Crossing.Reader is null)
            Crossing.Sent.Note(type);
    }

    /// <summary>A struct is part of what holds it: its fields follow at once.</summary>
    private void WriteInPlace(Shape shape, object value)
    {
        shape.WriteHead(this, value);
        if (!shape.HasBody)
            return;
        int step = _paths.FoundInPlace();
        int owner = Enter(step, value);
        shape.WriteBody(this, value);
        Leave(owner);
        _paths.Leave(step);
    }

    private int Enter(int step, object value)
    {
        if (++_depth > MostDeep || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw Refuse(value, $"it is nested more than {MostDeep:N0} deep in boxed structs or delegates (or beyond the stack of this thread), or in itself; use classes, or a list");
        int owner = _paths.Owner;
        _paths.Owner = step;
        return owner;
    }

    private void Leave(int owner)
    {
        _paths.Owner = owner;
        _depth--;
    }

    private Shape ShapeFor(Slot slot, Type type, object value) =>
        (ReferenceEquals(type, slot.Own) ? slot.Shape : ShapeCatalog.Find(type)) ?? throw Refuse(value, ShapeCatalog.WhyRefused(type)!);
}
