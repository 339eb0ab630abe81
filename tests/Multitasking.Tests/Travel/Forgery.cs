using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Tests.Travel;

/// <summary>Messages that no writer writes: what a child could make up to harm its parent.</summary>
internal sealed class Forgery
{
    private const byte Known = GraphWriter.Known, Declared = GraphWriter.Declared, Other = GraphWriter.Other;

    private readonly ByteWriter _bytes = new();
    private readonly TypeWriter _types;

    private Forgery() => _types = new TypeWriter(_bytes);

    /// <summary>All are read as an object.</summary>
    internal static Dictionary<string, byte[]> All { get; } = new()
    {
        ["nothing"] = [],
        ["an unknown tag"] = [4],
        ["a reference to nothing"] = [Known, 0],
        ["a reference to less than nothing"] = [Known, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        ["a number without end"] = [Known, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ["an unknown type"] = [Other, 99],
        ["an unknown assembly"] = [Other, TypeWriter.Named, 9, 1],
        ["a text longer than the message"] = Of<string>(f => f.Number(int.MaxValue)),
        ["a text of negative length"] = Of<string>(f => f.Number(-1)),
        ["an array longer than the message"] = Of<string[]>(f => f.Number(int.MaxValue)),
        ["a block longer than the message"] = Of<long[]>(f => f.Number(int.MaxValue)),
        ["a block that would wrap around"] = Of<decimal[]>(f => f.Number(0x1000_0001)),
        ["a list longer than the message"] = Of<List<string>>(f => f.Number(int.MaxValue)),
        ["a dictionary longer than the message"] = Of<Dictionary<int, int>>(f => f.Number(0).Number(int.MaxValue)),
        ["arrays of which each would fit"] = Of<object[]>(f => f.Number(30_000).Many(30_000, g => g.Typed<object[]>().Number(29_000))),
        ["a matrix wider than the message"] = Of<int[,]>(f => f.Number(0x10000).Number(0x10000)),
        ["a matrix of negative length"] = Of<string[,]>(f => f.Number(-1).Number(-1)),
        ["a matrix of objects wider than the message"] = Of<string[,]>(f => f.Number(1000).Number(1000)),
        ["an array of rank 0"] = [Other, TypeWriter.MultiDimensional, 0],
        ["an array of rank 33"] = [Other, TypeWriter.MultiDimensional, 33],
        ["a type that doubles thirty times"] = Doubling(30),
        ["a type of two thousand arguments"] = Doubling(11),
        ["arrays of arrays by what was named before"] = Of<object[]>(f => f.Number(200).ArraysOfArrays(200)),
        ["a name with type arguments"] = new Forgery().NamedBy("System.Collections.Generic.List`1[[System.String]]").Number(0).End(),
        ["a name of an array"] = new Forgery().NamedBy("System.Int32[]").Number(0).End(),
        ["types within types"] = [Other, .. Enumerable.Repeat((byte)TypeWriter.Vector, 1_000_000)],
        ["boxed structs within each other"] = new Forgery().Many(100_000, f => f.Typed<KeyValuePair<byte, object>>().Number(1)).End(),
        ["delegates on delegates"] = new Forgery().Many(100_000, f => f.Typed<Func<int>>().Number(1).Method(ForwardExtensions.Forward)).End(),
        ["a boxed nullable"] = Of<long?>(f => f.Number(0).Many(15, g => g.Number(1))),
        ["a delegate of nothing"] = Of<Action>(f => f.Number(0)),
        ["a delegate of the framework"] = Of<Action<string>>(f => f.Number(1).Method(File.Delete).Number(0)),
        ["a delegate of another signature"] = Of<Action<string>>(f => f.Number(1).Method(ForwardExtensions.Forward).Number(0)),
        ["a delegate without its object"] = Of<Func<int>>(f => f.Number(1).Method(new Node().Length).Number(0)),
        ["an object of this library"] = Of<ChildProcess>(f => f.Many(100, g => g.Number(0))),
        ["a file"] = Of<FileInfo>(f => f.Many(100, g => g.Number(0))),
        ["a task"] = Of<Task<int>>(f => f.Many(100, g => g.Number(0))),
        ["an abstract class"] = Of<Stream>(f => f.Number(0)),
        ["an interface"] = Of<IDisposable>(f => f.Number(0)),
        ["an open type"] = new Forgery().Typed(typeof(List<>)).Number(0).End(),
        ["a static class"] = new Forgery().Typed(typeof(Codec)).End(),
        ["a void"] = new Forgery().Typed(typeof(void)).End(),
        ["an array of what cannot be one"] = [Other, TypeWriter.Vector, .. new Forgery().Named(typeof(Span<>)).End()],
        ["a type argument that does not fit"] =
            [Other, TypeWriter.Constructed, .. new Forgery().Named(typeof(Nullable<>)).Named(typeof(string)).End()],
        ["type arguments of what takes none"] = [Other, TypeWriter.Constructed, .. new Forgery().Named(typeof(string)).End()],
        ["a token"] = Of<CancellationToken>(f => f.Number(1)),
        ["what is converted, by its fields"] = Of<Model>(f => f.Number(0)),
        ["an array of what is converted, by its fields"] = Of<Model[]>(f => f.Number(1).Number(2).Number(0)),
        ["a progress"] = Of<IProgress<int>>(f => f.Number(1)),
        ["a culture that does not exist"] = Of<System.Globalization.CultureInfo>(f => f.Text("no-such-culture-here")),
        ["an encoding that does not exist"] = new Forgery().Typed(System.Text.Encoding.UTF8.GetType()).Text("none").End(),
        ["a time zone that is none"] = Of<TimeZoneInfo>(f => f.Text("none")),
        ["a URI that is none"] = Of<Uri>(f => f.Text("http://[")),
        ["an unknown comparer"] = Of<HashSet<string>>(f => f.Number(77)),
        ["a key twice"] = Of<Dictionary<byte, byte>>(f => f.Number(0).Number(2).Many(4, g => g.Number(1))),
        ["a null as a key"] = Of<Dictionary<string, byte>>(f => f.Number(0).Number(1).Number(0).Number(0)),
        ["an exception that is its own inner one"] = Of<InvalidOperationException>(f => f.Number(0).Number(Known).Number(0).Block(4).Number(0)),
        ["exceptions that are each other's inner ones"] = Of<InvalidOperationException>(
            f => f.Number(0).Typed<InvalidOperationException>().Block(4).Number(0).Number(0).Number(Known).Number(0).Block(4).Number(0)),
        ["an aggregate of itself"] = Of<AggregateException>(f => f.Number(0).Number(Declared).Number(1).Block(4).Number(0).Number(Known).Number(0)),
        ["an aggregate of nothing"] = Of<AggregateException>(f => f.Number(0).Number(Declared).Number(1).Block(4).Number(0).Number(0)),
        ["a chain of a thousand exceptions"] = Of<InvalidOperationException>(
            f => f.Many(1000, g => g.Number(0).Typed<InvalidOperationException>().Block(4).Number(0)).Number(0).Number(0).Block(4).Number(0)),
        ["an argument that is its own exception"] = Of<ArgumentOutOfRangeException>(
            f => f.Number(0).Number(0).Block(4).Number(0).Number(Known).Number(0).Number(0)),
        ["a tuple of itself"] = Of<Tuple<object>>(f => f.Number(Known).Number(0)),
        ["a tuple of a boxed pair of it"] = Of<Tuple<object>>(f => f.Typed<ValueTuple<object, int>>().Number(Known).Number(0).Block(4)),
        ["a tuple that doubles"] = Of<Tuple<object, object>>(
            f => Enumerable.Range(1, 30).Aggregate(f, static (g, next) => g.Typed<Tuple<object, object>>().Number(Known).Number(next)).Number(0).Number(0)),
        ["a view of itself"] = Of<System.Collections.ObjectModel.Collection<int>>(f => f.Number(Known).Number(0)),
        ["a linked list with a node twice"] = Of<LinkedList<int>>(f => f.Number(2).Number(Declared).Number(Known).Number(1).Block(4).Number(0)),
        ["a linked list with no node where one is"] = Of<LinkedList<int>>(f => f.Number(1).Number(0)),
        ["a builder of less than no length"] = Of<System.Text.StringBuilder>(f => f.Number(-1).Text("text")),
        ["a builder of more text than it may hold"] = Of<System.Text.StringBuilder>(f => f.Number(2).Text("text")),
        ["fewer than no bits"] = Of<System.Collections.BitArray>(f => f.Number(-1)),
        ["more bits than the message"] = Of<System.Collections.BitArray>(f => f.Number(int.MaxValue)),
        ["a number longer than the message"] = Of<System.Numerics.BigInteger>(f => f.Number(int.MaxValue)),
        ["a segment outside of its array"] = Of<ArraySegment<byte>>(f => f.Typed<byte[]>().Number(1).Block(1).Bytes([2, 0, 0, 0]).Block(4)),
        ["memory of other things"] = Of<Memory<object>>(f => f.Block(4).Bytes([1, 0, 0, 0]).Typed<long[]>().Number(1).Block(8)),
        ["memory outside of its array"] = Of<Memory<byte>>(f => f.Block(4).Bytes([1, 0, 0, 0x10]).Typed<byte[]>().Number(1).Block(1)),
    };

    private static byte[] Of<T>(Action<Forgery> rest)
    {
        var forgery = new Forgery().Typed<T>();
        rest(forgery);
        return forgery.End();
    }

    /// <summary>A tuple of two of the same, which are tuples of two of the same: the second is said by its number.</summary>
    internal static byte[] Doubling(int levels)
    {
        var forgery = new Forgery();
        forgery._bytes.WriteByte(Other);
        for (int level = 0; level < levels; level++)
            forgery.Number(TypeWriter.Constructed).Named(typeof(Tuple<,>));
        forgery.Named(typeof(string));
        for (int level = 0; level < levels; level++)
            forgery.Number(TypeWriter.FirstNumber + 1 + level);
        return forgery.End();
    }

    /// <summary>An array of so many empty arrays, each of a type that nothing else is of.</summary>
    internal static byte[] Types(int from, int count)
    {
        Type[] parts = [typeof(int), typeof(long), typeof(string), typeof(Guid), typeof(byte), typeof(char), typeof(DateTime), typeof(decimal)];
        return Of<object[]>(f =>
        {
            f.Number(count);
            for (int i = from; i < from + count; i++)
                f.Typed(typeof(Tuple<,,,,>)
                    .MakeGenericType(parts[i & 7], parts[(i >> 3) & 7], parts[(i >> 6) & 7], parts[(i >> 9) & 7], parts[(i >> 12) & 7]).MakeArrayType()).Number(0);
        });
    }

    /// <summary>Keys of which all have the same hash code: that of a long is one half of it against the other.</summary>
    /// <param name="count">How many.</param>
    /// <param name="comparers">How many comparers the collection is preceded by.</param>
    /// <param name="hasValues">Whether a byte follows each.</param>
    internal static byte[] Colliding<T>(int count, int comparers, bool hasValues) => Of<T>(f =>
    {
        f.Block(comparers).Number(count);
        for (int i = 0; i < count; i++)
            f.Bytes(BitConverter.GetBytes(((long)i << 32) | (uint)i)).Block(hasValues ? 1 : 0);
    });

    /// <summary>A sorted list in which each pair belongs before all others.</summary>
    internal static byte[] Backwards(int count) => Of<SortedList<int, byte>>(f =>
    {
        f.Number(0).Number(count);
        for (int i = count; i > 0; i--)
            f.Bytes(BitConverter.GetBytes(i)).Block(1);
    });

    private Forgery Typed<T>() => Typed(typeof(T));

    private Forgery ArraysOfArrays(int count)
    {
        // Number 0 is object, number 1 the array of it that holds all others.
        for (int i = 0; i < count; i++)
        {
            _bytes.WriteByte(Other);
            Number(TypeWriter.Vector).Number(TypeWriter.FirstNumber + 1 + i).Number(0);
        }
        return this;
    }

    /// <summary>A type of the core library by a name.</summary>
    private Forgery NamedBy(string name)
    {
        _bytes.WriteByte(Other);
        byte[] core = new Forgery().Named(typeof(object)).End();
        // Its token is a number of four bytes behind the assembly.
        return Bytes(core[..^4]).Number(0).Text(name);
    }

    private Forgery Typed(Type type)
    {
        _bytes.WriteByte(Other);
        return Named(type);
    }

    private Forgery Named(Type type)
    {
        _types.Write(type);
        return this;
    }

    private Forgery Number(int number)
    {
        _bytes.WriteNumber(number);
        return this;
    }

    private Forgery Text(string text)
    {
        _bytes.WriteText(text);
        return this;
    }

    private Forgery Block(int length) => Bytes(new byte[length]);

    private Forgery Bytes(byte[] bytes)
    {
        _bytes.WriteBlock(bytes);
        return this;
    }

    private Forgery Method(Delegate target)
    {
        _types.Write(target.Method.DeclaringType!);
        return Number(0).Number(target.Method.MetadataToken).Number(0);
    }

    private Forgery Many(int count, Action<Forgery> write)
    {
        for (int i = 0; i < count; i++)
            write(this);
        return this;
    }

    private byte[] End() => _bytes.ToFrame(FrameKind.Answer)[ByteWriter.HeaderSize..].ToArray();
}
