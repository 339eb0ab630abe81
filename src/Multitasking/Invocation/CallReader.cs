using System.Runtime.CompilerServices;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Reads what a <see cref="CallWriter"/> wrote. Made once and used again.</summary>
internal sealed class CallReader(ByteReader bytes)
{
    private TypeReader? _types;
    private Arrival _arrival = Arrival.Nothing;
    private GraphReader? _graph;

    internal ByteReader Bytes { get; } = bytes;

    /// <summary>Begins a message.</summary>
    internal void Begin(TypeReader types, Arrival arrival)
    {
        _types = types;
        _arrival = arrival;
        _graph = null;
    }

    /// <exception cref="InvalidDataException">The bytes are not such a value.</exception>
    internal T Read<T>()
    {
        if (ValueCodec<T>.IsBlock)
            return Unsafe.ReadUnaligned<T>(in Bytes.Take(Unsafe.SizeOf<T>())[0]);
        if (typeof(T) == typeof(string))
            return (T)(object?)ReadText()!;
        return (T)ReadGraph(typeof(T))!;
    }

    /// <summary>What follows was written after a <see cref="CallWriter.BeginPart"/>.</summary>
    internal void BeginPart() => _graph = null;

    internal object? ReadGraph(Type declared)
    {
        _graph ??= new GraphReader(Bytes, _types!, _arrival);
        return _graph.ReadRoot(declared);
    }

    private string? ReadText() => Bytes.ReadByte() switch
    {
        0 => null,
        1 => Bytes.ReadText(),
        var other => throw ByteReader.Malformed($"a text with tag {other}"),
    };
}
