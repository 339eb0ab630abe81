using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// Writes arguments and results by their compiled types. Made once and used again: nothing is allocated for small values.
/// </summary>
internal sealed class CallWriter(ByteWriter bytes, TypeWriter types)
{
    private Crossing? _crossing;
    private GraphWriter? _graph;
    private bool _isGraphBegun;
    private Func<int, string>? _labels;

    internal ByteWriter Bytes { get; } = bytes;

    /// <summary>Begins a message.</summary>
    /// <param name="crossing">What may cross by reference.</param>
    /// <param name="labels">What the values are called in errors, by their number.</param>
    internal void Begin(Crossing crossing, Func<int, string> labels)
    {
        _crossing = crossing;
        _labels = labels;
        BeginPart();
    }

    /// <exception cref="TargetNotSupportedException">Something in it cannot travel.</exception>
    internal void Write<T>(T value, int number)
    {
        if (ValueCodec<T>.IsBlock)
            Bytes.WriteBlock(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>())));
        else if (typeof(T) == typeof(string))
            WriteText((string?)(object?)value);
        else
            WriteGraph(ValueCodec<T>.Slot, value, number);
    }

    /// <summary>Writes the object that a target is called on: its captured variables, as a rule.</summary>
    internal void WriteTarget(MethodInfo target, object? value) => BegunGraph().WriteTarget(target, value, _labels!, -1);

    /// <summary>Writes in which cultures the calls are to run, as a part of its own.</summary>
    /// <exception cref="TargetNotSupportedException">One is of a class that cannot travel.</exception>
    internal void WriteCulture(CallerCulture culture)
    {
        CallerCulture.Write(BegunGraph(), culture);
        BeginPart();
    }

    /// <summary>Forgets which objects were written: what follows can be read without what came before.</summary>
    internal void BeginPart()
    {
        types.Begin();
        End();
    }

    /// <summary>Lets go of what was written, after the last value or a refusal.</summary>
    internal void End()
    {
        if (_isGraphBegun)
            _graph!.Begin(_crossing!);
        _isGraphBegun = false;
    }

    private void WriteText(string? text)
    {
        Bytes.WriteByte(text is null ? (byte)0 : (byte)1);
        if (text is not null)
            Bytes.WriteText(text);
    }

    private void WriteGraph(Slot slot, object? value, int number) => BegunGraph().WriteRoot(slot, value, _labels!, number);

    private GraphWriter BegunGraph()
    {
        if (_graph is null)
            _graph = new GraphWriter(Bytes, _crossing!, types);
        else if (!_isGraphBegun)
            _graph.Begin(_crossing!);
        _isGraphBegun = true;
        return _graph;
    }
}
