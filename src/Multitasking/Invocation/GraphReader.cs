using System.Reflection;
using System.Runtime.CompilerServices;
using Multitasking.Invocation.Shapes;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Reads what a <see cref="GraphWriter"/> wrote. It reads by declared types, and makes no object of a type that may not travel.
/// </summary>
internal sealed class GraphReader(ByteReader bytes, TypeReader types, Arrival arrival)
{
    // One giant message must not keep its table for ever.
    private const int MostKept = 4096;

    private readonly ReferenceOrder _order = new();
    private TypeReader _types = types;
    private Entry[] _objects = new Entry[8];
    private int _count;
    private List<int>? _unfinished;
    private int _owner = ReferenceOrder.NoOwner;
    private int _depth;
    private long _claimed;
    private ReadingClock _clock;
    private bool _isClockSet;
    private bool _hasNesting;
    private bool _hasClosures;
    private int _member;
    private int _inPlace;

    internal ByteReader Bytes { get; } = bytes;

    internal Arrival Arrival { get; private set; } = arrival;

    /// <summary>The types of what the parent wrote into the call, so that it makes such objects itself.</summary>
    internal SentTypes Sent { get; init; } = new();

    /// <summary>Tells whether the bytes come from this process' parent.</summary>
    internal bool IsTrusted { get; private set; } = types.IsTrusted;

    /// <summary>What the shape of the object that is being read keeps for it from its head to its end.</summary>
    internal object? Note
    {
        get => _objects[_owner].Note;
        set => _objects[_owner].Note = value;
    }

    /// <summary>Begins another message, or a part of one that was written for itself, also after one that was malformed.</summary>
    internal void Begin(TypeReader types, Arrival arrival)
    {
        _types = types;
        IsTrusted = types.IsTrusted;
        Arrival = arrival;
        if (_objects.Length <= MostKept)
            Array.Clear(_objects, 0, _count);
        else
            _objects = new Entry[8];
        _count = 0;
        _order.Clear();
        _depth = 0;
        _claimed = 0;
        _isClockSet = false;
        _hasNesting = false;
        _hasClosures = false;
        _inPlace = 0;
    }

    /// <summary>Reads one of the message's values, and all it refers to.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a value.</exception>
    internal object? ReadRoot(Type declared) => ReadRoot(new Slot(declared));

    /// <exception cref="InvalidDataException">The bytes are not such a value.</exception>
    internal object? ReadRoot(Slot slot)
    {
        try
        {
            return ReadGraph(slot);
        }
        catch (Exception exception) when (!IsTrusted && exception is not (InvalidDataException or ObjectNotMadeException))
        {
            // Types that do not fit together, names that mean nothing, a comparer that throws: whatever a child can make up.
            throw ByteReader.Malformed(exception.Message, exception);
        }
    }

    private object? ReadGraph(Slot slot)
    {
        if (!_isClockSet)
            _clock.Begin(Bytes.Length, _types.Deadline, IsTrusted);
        _isClockSet = true;
        int first = _count;
        _owner = ReferenceOrder.NoOwner;
        _unfinished?.Clear();
        object? value = ReadValue(slot);
        ReadBodies(first);
        if (_hasClosures)
            ReadIncomplete();
        FinishAll();
        return value;
    }

    /// <summary>Reads what <see cref="GraphWriter.WriteWhole"/> wrote: it is complete.</summary>
    internal object? ReadWhole(Slot slot)
    {
        int owner = _owner, next = _count;
        var unfinished = _unfinished;
        _unfinished = null;
        object? value = ReadValue(slot);
        while (true)
        {
            for (; next < _count; next++)
                ReadBody(next);
            int earlier = Bytes.ReadNumber() - 1;
            if (earlier < 0)
                break;
            if (earlier < _count && _objects[earlier] is { IsRead: true, Shape: ClosureShape })
                ReadMore(earlier);
            else if (earlier >= owner || _objects[earlier].Value is null || _objects[earlier].IsRead)
                throw ByteReader.Malformed($"the body of object {earlier}, which is not due");
            else
                ReadBody(earlier);
        }
        FinishAll();
        _unfinished = unfinished;
        _owner = owner;
        return value;
    }

    private void ReadBodies(int first)
    {
        for (int i = first; i < _count; i++)
            ReadBody(i);
    }

    private void ReadBody(int number)
    {
        if (_objects[number].IsRead)
            return;
        _objects[number].IsRead = true;
        ReadMore(number);
        if (_objects[number].Shape is { IsFinishedLate: true } or { Events: not null })
            (_unfinished ??= []).Add(number);
    }

    /// <summary>Reads the contents of an object, or of a closure what more is needed of them.</summary>
    private void ReadMore(int number)
    {
        var shape = _objects[number].Shape;
        _owner = number;
        _member = ReadingPath.NoMember;
        if (shape.HasBody)
            shape.ReadBody(this, _objects[number].Value!);
    }

    /// <summary>The rest of closures of which not all lambdas were known when they were written.</summary>
    private void ReadIncomplete()
    {
        while (Bytes.ReadNumber() is var number and not 0)
        {
            if ((uint)(number - 1) >= (uint)_count || _objects[number - 1] is not { IsRead: true, Shape: ClosureShape })
                throw ByteReader.Malformed($"the rest of object {number - 1}, which is no closure");
            int first = _count;
            ReadMore(number - 1);
            ReadBodies(first);
        }
    }

    private void FinishAll()
    {
        // Before anything is compared or hashed.
        if (_hasNesting)
            CheckNesting();
        if (_unfinished is { Count: > 0 })
            Finish(_unfinished);
    }

    private void CheckNesting()
    {
        // It may be done once for each object that is rebuilt, and looks at all.
        Tick(_count);
        bool[] nests = new bool[_count];
        for (int i = 0; i < _count; i++)
            nests[i] = _objects[i].Shape.Nests;
        if (Nesting.Excess(_order, nests) is { } excess)
            throw ByteReader.Malformed(excess);
    }

    /// <summary>A dictionary's keys are whole before the dictionary hashes them.</summary>
    private void Finish(List<int> unfinished)
    {
        foreach (int i in unfinished.Count > 1 ? _order.InnermostFirst(unfinished, _count) : unfinished)
        {
            _owner = i;
            var shape = _objects[i].Shape;
            if (shape.IsFinishedLate)
                shape.Finish(this, _objects[i].Value!);
            shape.Events?.Deserialized(this, _objects[i].Value!);
        }
        unfinished.Clear();
    }

    /// <summary>Reads a member of the object that is being read: an item, or a field by the complement of its number.</summary>
    internal object? ReadMember(Slot slot, int member)
    {
        // What is in a struct is in what holds that.
        if (_inPlace == 0)
            _member = member;
        return ReadValue(slot);
    }

    /// <summary>The error for code of the user's that failed on the object that is being read.</summary>
    internal ObjectNotMadeException NotMade(string code, Exception cause) =>
        new(ReadingPath.To(_owner, _order, number => (_objects[number].Shape, _objects[number].Member)), code, cause);

    internal object? ReadValue(Slot slot)
    {
        if (slot.IsInPlace)
            return ReadInPlace(OwnShape(slot));
        byte tag = Bytes.ReadByte();
        switch (tag)
        {
            case GraphWriter.Null:
                return null;
            case GraphWriter.Known:
                return ReadKnown(slot);
            case GraphWriter.Declared:
                return slot.IsText ? Bytes.ReadText() : ReadNew(slot, OwnShape(slot));
            case GraphWriter.Other:
                var type = ReadType();
                if (IsTrusted)
                    Sent.Note(type);
                // No box is a nullable's: what the runtime makes in its stead is smaller.
                return slot.Declared.IsAssignableFrom(type) && Nullable.GetUnderlyingType(type) is null
                    ? ReadNew(slot, ShapeFor(type))
                    : throw ByteReader.Malformed($"a {TypeNames.Of(type)} where a {TypeNames.Of(slot.Declared)} is expected");
            case GraphWriter.Converted:
                return ReadConverted(slot);
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

    /// <summary>
    /// All the values that one message says are to come have to fit into it: objects are made before their contents are read.
    /// </summary>
    internal void Claim(long count)
    {
        _claimed += count;
        if (_claimed > Bytes.Length)
            throw ByteReader.Malformed($"{_claimed} values in {Bytes.Length} bytes");
    }

    internal Type ReadType() => _types.Read(Bytes);

    /// <summary>A type whose methods are about to be called.</summary>
    internal Type ReadTypeOfCode()
    {
        var type = ReadType();
        return _types.AllowsCode(type) ? type : throw ByteReader.Malformed($"a method of {TypeNames.Of(type)}, which this call has nothing to do with");
    }

    internal MethodInfo MakeMethod(MethodInfo definition, Type[] arguments) => _types.Make(definition, arguments);

    /// <summary>Says that the value of this name stays in this process for good, once it is made.</summary>
    internal void Keep(string name) => _types.Keep(name);

    /// <summary>Reads a struct's fields into a box of it that is there already.</summary>
    internal void ReadBodyInPlace(Shape shape, object box)
    {
        Enter();
        _inPlace++;
        shape.ReadBody(this, box);
        _inPlace--;
        _depth--;
    }

    /// <summary>How values that stand in place here, or are of exactly this place's type, travel.</summary>
    internal Shape OwnShape(Slot slot)
    {
        if (IsTrusted)
            return slot.TrustedShape;
        // An object of exactly the type that its place declares needs no other trust: this side found the place.
        return slot.Shape ?? throw CannotTravel(slot.Own);
    }

    private object ReadConverted(Slot slot)
    {
        var type = ReadType();
        var shape = ShapeCatalog.FindConverter(type, IsTrusted)
            ?? throw ByteReader.Malformed($"a {TypeNames.Of(type)}, which converts nothing here");
        object value = ReadNew(slot, shape);
        if (!slot.Declared.IsInstanceOfType(value))
            throw ByteReader.Malformed(
                $"a {TypeNames.Of(value.GetType())} of {TypeNames.Of(type)} where a {TypeNames.Of(slot.Declared)} is expected " +
                "(override ArrivingType)");
        return value;
    }

    private object ReadKnown(Slot slot)
    {
        int number = Bytes.ReadNumber();
        object? known = (uint)number < (uint)_count ? _objects[number].Value : null;
        _order.Add(_owner, number);
        return known is not null && slot.Declared.IsInstanceOfType(known)
            ? known
            : throw ByteReader.Malformed($"a reference to object {number} where a {TypeNames.Of(slot.Declared)} is expected");
    }

    private object ReadNew(Slot slot, Shape shape)
    {
        // A nullable value is in no box of its sender's.
        if (slot.IsNullable)
            return ReadInPlace(shape);
        if (shape.Type == typeof(string))
            return shape.ReadHead(this);
        int number = _count;
        if (number == _objects.Length)
            Array.Resize(ref _objects, number * 2);
        _count++;
        bool isBox = shape.Type.IsValueType;
        var entered = isBox ? BoxShape.Of(shape) : shape;
        _objects[number].Shape = entered;
        _objects[number].Member = _member;
        _hasNesting |= !IsTrusted && entered.Nests;
        _hasClosures |= shape is ClosureShape;
        _order.Add(_owner, number);
        int owner = _owner, member = _member, inPlace = _inPlace;
        _owner = number;
        (_member, _inPlace) = (ReadingPath.NoMember, 0);
        Enter();
        object value = shape.ReadHead(this);
        _depth--;
        _objects[number].Value = value;
        if (isBox && shape.HasBody)
            ReadBodyInPlace(shape, value);
        entered.Events?.Deserializing(this, value);
        (_owner, _member, _inPlace) = (owner, member, inPlace);
        return value;
    }

    private object ReadInPlace(Shape shape)
    {
        object value = shape.ReadHead(this);
        if (shape.HasBody)
            ReadBodyInPlace(shape, value);
        return value;
    }

    /// <summary>Counts items that are built anew one by one, at a cost that their bytes do not tell.</summary>
    /// <exception cref="InvalidDataException">Reading this message has taken too long.</exception>
    internal void Tick(int items) => _clock.Tick(items);

    /// <summary>What follows may take long by itself.</summary>
    /// <exception cref="InvalidDataException">Reading this message has taken too long.</exception>
    internal void LookAtClock() => _clock.Tick(ReadingClock.ItemsBetweenLooks);

    /// <summary>So many items are about to be compared with others, or hashed, until <see cref="EndFilling"/>.</summary>
    internal void BeginFilling(int items) => _clock.BeginFilling(items);

    internal void EndFilling() => _clock.EndFilling();

    /// <summary>Where the codec does recurse, a made-up message must not overflow the stack.</summary>
    private void Enter()
    {
        _clock.Tick(1);
        if (++_depth > GraphWriter.MostDeep || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw ByteReader.Malformed($"structs or delegates nested more than {GraphWriter.MostDeep:N0} deep, or beyond what this thread's stack has room for");
    }

    private Shape ShapeFor(Type type)
    {
        if (IsTrusted)
            return ShapeCatalog.FindTrusted(type);
        if (!_types.Allows(type))
            throw NotOfCall(type);
        return ShapeCatalog.Find(type) ?? throw CannotTravel(type);
    }

    private static InvalidDataException NotOfCall(Type type) =>
        ByteReader.Malformed($"an object of type {TypeNames.Of(type)}, which this call has nothing to do with");

    private static InvalidDataException CannotTravel(Type type) => ByteReader.Malformed($"an object of type {TypeNames.Of(type)}, which cannot travel");

    private struct Entry
    {
        internal object? Value;
        internal Shape Shape;
        internal object? Note;
        internal int Member;
        internal bool IsRead;
    }
}
