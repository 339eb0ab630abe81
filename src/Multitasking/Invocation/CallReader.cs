using System.Runtime.CompilerServices;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Reads what a <see cref="CallWriter"/> wrote. Made once and used again.</summary>
internal sealed class CallReader(ByteReader bytes)
{
    private TypeReader? _types;
    private Arrival _arrival = Arrival.Nothing;
    private GraphReader? _graph;
    private bool _isGraphBegun;

    internal ByteReader Bytes { get; } = bytes;

    /// <summary>The types of what was written into the message, as far as it was read.</summary>
    internal SentTypes Sent { get; } = new();

    /// <summary>Begins a message.</summary>
    internal void Begin(TypeReader types, Arrival arrival)
    {
        _types = types;
        _arrival = arrival;
        Sent.Clear();
        BeginPart();
    }

    /// <exception cref="InvalidDataException">The bytes are not such a value.</exception>
    internal T Read<T>()
    {
        if (ValueCodec<T>.IsBlock)
        {
            var block = Bytes.Take(Unsafe.SizeOf<T>());
            if (!_types!.IsTrusted)
                BlockCheck<T>.Check(block, 0, block.Length);
            return Unsafe.ReadUnaligned<T>(in block[0]);
        }
        if (typeof(T) == typeof(string))
            return (T)(object?)ReadText()!;
        return (T)ReadGraph(ValueCodec<T>.Slot)!;
    }

    /// <summary>What follows was written after a <see cref="CallWriter.BeginPart"/>.</summary>
    internal void BeginPart()
    {
        _types!.Begin();
        End();
    }

    /// <summary>Lets go of what was read, after the last value or a malformed one.</summary>
    internal void End()
    {
        if (_isGraphBegun)
            _graph!.Begin(_types!, _arrival);
        _isGraphBegun = false;
    }

    internal object? ReadGraph(Type declared) => ReadGraph(new Slot(declared));

    /// <summary>Reads what <see cref="CallWriter.WriteCulture"/> wrote.</summary>
    internal CallerCulture? ReadCulture()
    {
        var culture = CallerCulture.Read(BegunGraph());
        BeginPart();
        return culture;
    }

    private object? ReadGraph(Slot slot) => BegunGraph().ReadRoot(slot);

    private GraphReader BegunGraph()
    {
        if (_graph is null)
            _graph = new GraphReader(Bytes, _types!, _arrival) { Sent = Sent };
        else if (!_isGraphBegun)
            _graph.Begin(_types!, _arrival);
        _isGraphBegun = true;
        return _graph;
    }

    private string? ReadText() => Bytes.ReadByte() switch
    {
        0 => null,
        1 => Bytes.ReadText(),
        var other => throw ByteReader.Malformed($"a text with tag {other}"),
    };
}
