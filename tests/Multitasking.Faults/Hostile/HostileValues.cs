using System.Collections.Immutable;
using System.Text;

namespace Multitasking.Faults.Hostile;

/// <summary>Values as a child may write them, each with one lie: as bytes declared <c>object</c>, or <c>Exception</c> where it is one.</summary>
internal static class HostileValues
{
    internal static IReadOnlyList<(string Name, Func<Random, byte[]> Make)> All { get; } =
    [
        ("doubled types", Doubled), ("array types", Arrays), ("many types", ManyTypes), ("colliding keys", Colliding), ("nested boxes", Boxes),
        ("text builder", Builder), ("sorted set", Sorted), ("linked list", Linked), ("immutable list", Immutable), ("bits", Bits),
        ("long array", LongArray), ("array of arrays", ArrayOfArrays), ("known object", KnownObject), ("unknown type number", UnknownType), ("token of another kind", Token),
        ("other assembly", OtherAssembly), ("delegate", Delegated), ("noise", Noise), ("memory", Slice), ("long text", LongText), ("huge dictionary", HugeDictionary),
        ("framework struct", FrameworkStruct),
    ];

    internal static IReadOnlyList<(string Name, Func<Random, byte[]> Make)> Exceptions { get; } =
    [
        ("exception that is its own inner one", OwnInner), ("chain of inner exceptions", InnerChain), ("colliding keys in an exception", KeysInException), ("noise in an exception", NoiseInException),
    ];

    /// <summary>A failure: four texts, then the object.</summary>
    internal static byte[] Failure(Random random, byte[] exception)
    {
        var wire = new Wire().Text("System.InvalidOperationException").Text("a lie").Text("a lie, told at length");
        if (random.Next(10) == 0)
            return wire.Number(random.Next()).ToArray();
        return wire.Text("").Byte(1).Block(exception).ToArray();
    }

    /// <summary>X(n+1) = Tuple&lt;Xn, Xn&gt; by back references: each step doubles what the type is in full.</summary>
    private static byte[] Doubled(Random random)
    {
        var wire = new Wire().Byte(3);
        Nest(random.Next(8, 60));
        return wire.Byte(0).Byte(0).ToArray();

        // Types are numbered as they end: the definition is 0, int 1, and what is nested n deep n + 1.
        void Nest(int depth)
        {
            if (depth == 0)
            {
                wire.Type(typeof(int));
                return;
            }
            wire.Number(1).Type(typeof(Tuple<,>));
            Nest(depth - 1);
            wire.Number(4 + depth);
        }
    }

    private static byte[] Arrays(Random random)
    {
        var wire = new Wire().Byte(3);
        for (int i = random.Next(50, 5000); i > 0; i--)
            wire.Number(2);
        return wire.Type(typeof(int)).Number(0).ToArray();
    }

    private static byte[] ManyTypes(Random random)
    {
        var wire = new Wire();
        int count = random.Next(10, 2000);
        wire.Other(typeof(object[])).Number(count);
        for (int i = 0; i < count; i++)
        {
            wire.Byte(3).Number(1).Type(typeof(Tuple<,>));
            for (int digit = 0; digit < 2; digit++)
            {
                wire.Number(2);
                for (int rank = (i >> (6 * digit)) & 63; rank > 0; rank--)
                    wire.Number(2);
                wire.Type(typeof(int));
            }
            wire.Byte(0).Byte(0);
        }
        return wire.ToArray();
    }

    /// <summary>A hash of a long is its halves, one by exclusive or with the other.</summary>
    private static byte[] Colliding(Random random)
    {
        var wire = new Wire();
        int count = random.Next(1000, 60_000);
        wire.Other(typeof(Dictionary<long, byte>)).Byte(0).Number(count);
        for (long i = 0; i < count; i++)
            wire.Long(i | (i << 32)).Byte(1);
        return wire.ToArray();
    }

    private static byte[] Boxes(Random random)
    {
        var wire = new Wire();
        for (int i = random.Next(100, 1500); i > 0; i--)
            wire.Other(typeof(KeyValuePair<byte, object>)).Byte(0);
        return wire.Byte(0).ToArray();
    }

    private static byte[] Builder(Random random)
    {
        var wire = new Wire().Other(typeof(StringBuilder));
        // As fields: chars, length, offset, capacity, previous; as a text it is one, of a length that is not true.
        return random.Next(2) == 0
            ? wire.Byte(2).Number(16).Block(new byte[32]).Int(random.Next(-200, 200)).Int(-random.Next()).Int(int.MaxValue).Byte(1).Number(0).ToArray()
            : wire.Number(random.Next()).Block(new byte[20]).ToArray();
    }

    private static byte[] Sorted(Random random) => Lie(typeof(SortedSet<int>), random);

    private static byte[] Linked(Random random) => Lie(typeof(LinkedList<int>), random);

    private static byte[] Immutable(Random random) => Lie(typeof(ImmutableList<int>), random);

    private static byte[] Bits(Random random) => Lie(typeof(System.Collections.BitArray), random);

    private static byte[] FrameworkStruct(Random random) =>
        Lie(random.Next(4) switch { 0 => typeof(System.Net.IPNetwork), 1 => typeof(System.Buffers.ReadOnlySequence<byte>), 2 => typeof(Range), _ => typeof(TimeSpan) }, random);

    /// <summary>An object of a class of the framework, whose inside is made up: references to itself, counts that are not true, noise.</summary>
    private static byte[] Lie(Type type, Random random)
    {
        var wire = new Wire().Other(type);
        for (int i = random.Next(2, 12); i > 0; i--)
            _ = random.Next(5) switch
            {
                0 => wire.Byte(1).Number(random.Next(3)),
                1 => wire.Int(random.Next(-5, 1000)),
                2 => wire.Byte(0),
                3 => wire.Number(random.Next(100)),
                _ => wire.Byte(2),
            };
        return wire.ToArray();
    }

    private static byte[] LongArray(Random random) => new Wire().Other(typeof(long[])).Number(random.Next() | (1 << 28)).Block(new byte[random.Next(100)]).ToArray();

    /// <summary>Counts that are each possible by themselves.</summary>
    private static byte[] ArrayOfArrays(Random random)
    {
        var wire = new Wire().Other(typeof(object[]));
        int count = random.Next(1000, 50_000);
        wire.Number(count);
        for (int i = 0; i < count; i++)
            wire.Other(typeof(object[])).Number(count - i);
        return wire.ToArray();
    }

    private static byte[] KnownObject(Random random) => new Wire().Byte(1).Number(random.Next(-1, 10)).ToArray();

    private static byte[] UnknownType(Random random) => new Wire().Byte(3).Number(random.Next(4, int.MaxValue)).Byte(0).ToArray();

    private static byte[] Token(Random random)
    {
        byte[] bytes = new Wire().Other(typeof(Version)).Int(0).ToArray();
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static byte[] OtherAssembly(Random random) =>
        new Wire().Other(random.Next(2) == 0 ? typeof(System.Diagnostics.Process) : typeof(System.Linq.Enumerable)).Byte(0).Byte(0).ToArray();

    private static byte[] Delegated(Random random)
    {
        var wire = new Wire();
        for (int i = random.Next(1, 1500); i > 0; i--)
            wire.Other(typeof(Action)).Number(1).Type(typeof(File)).Number(random.Next());
        return wire.Byte(0).ToArray();
    }

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 5000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Slice(Random random) =>
        new Wire().Other(typeof(Memory<byte>)).Byte(3).Type(typeof(byte[])).Number(10).Block(new byte[10]).Int(random.Next()).Int(random.Next()).ToArray();

    private static byte[] LongText(Random random) => new Wire().Other(typeof(string)).Number(random.Next() | (1 << 29)).Block(new byte[64]).ToArray();

    private static byte[] HugeDictionary(Random random) =>
        new Wire().Other(typeof(Dictionary<string, object>)).Byte(random.Next(6)).Number(random.Next() | (1 << 28)).Block(new byte[random.Next(1000)]).ToArray();

    private static byte[] OwnInner(Random random) =>
        new Wire().Other(typeof(InvalidOperationException)).Byte(2).Text("I am my own cause").Byte(1).Number(0).Int(random.Next()).Byte(0).ToArray();

    private static byte[] InnerChain(Random random)
    {
        var wire = new Wire();
        for (int i = random.Next(10, 3000); i > 0; i--)
            wire.Other(typeof(InvalidOperationException)).Byte(2).Text("").Int(0);
        return wire.Byte(0).ToArray();
    }

    private static byte[] KeysInException(Random random) =>
        new Wire().Other(typeof(ArgumentOutOfRangeException)).Byte(2).Text("m").Byte(0).Int(0).Byte(0).Block(Colliding(random)).ToArray();

    private static byte[] NoiseInException(Random random) => new Wire().Other(typeof(ArgumentException)).Block(Noise(random)).ToArray();
}
