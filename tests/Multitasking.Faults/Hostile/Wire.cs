using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multitasking.Faults.Hostile;

/// <summary>Writes what docs/protocol.md describes, right or wrong: a second hand for the protocol, which knows nothing of the library's own.</summary>
internal sealed class Wire
{
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<Type, int> _types = [];
    private readonly List<Assembly> _assemblies = [];

    internal byte[] ToArray() => [.. _bytes];

    internal Wire Byte(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    internal Wire Block(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal Wire Int(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Block(bytes);
    }

    internal Wire Long(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Block(bytes);
    }

    internal Wire Number(int value)
    {
        uint rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
            Byte((int)(rest | 0x80));
        return Byte((int)rest);
    }

    internal Wire Text(string text) => Number(text.Length).Block(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>The head of a reference to an object of a class that is not the declared one.</summary>
    internal Wire Other(Type type) => Byte(3).Type(type);

    internal Wire Type(Type type)
    {
        if (_types.TryGetValue(type, out int known))
            return Number(4 + known);
        if (type.IsSZArray)
            Number(2).Type(type.GetElementType()!);
        else if (type.IsConstructedGenericType)
        {
            Number(1).Type(type.GetGenericTypeDefinition());
            foreach (var argument in type.GenericTypeArguments)
                Type(argument);
        }
        else
            Named(type);
        _types.Add(type, _types.Count);
        return this;
    }

    private void Named(Type type)
    {
        Number(0);
        var assembly = type.Assembly;
        if (_assemblies.IndexOf(assembly) is var number and >= 0)
            Number(1 + number);
        else
        {
            _assemblies.Add(assembly);
            Number(0).Text(assembly.FullName!);
            Span<byte> id = stackalloc byte[16];
            if (RuntimeFeature.IsDynamicCodeSupported)
                assembly.ManifestModule.ModuleVersionId.TryWriteBytes(id);
            Block(id).Text(LocationOf(assembly));
        }
        if (RuntimeFeature.IsDynamicCodeSupported)
            Number(type.MetadataToken);
        else
            Number(0).Text(type.FullName!);
    }

    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "Empty is what the protocol has there.")]
    private static string LocationOf(Assembly assembly) => RuntimeFeature.IsDynamicCodeSupported ? assembly.Location : "";
}
