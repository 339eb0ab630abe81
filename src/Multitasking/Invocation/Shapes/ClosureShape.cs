using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Multitasking.Interop;
using Multitasking.Invocation.Closures;
using Multitasking.SharedMemory;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// Captured variables: those that lambdas of the message use, behind a bit for each variable that tells whether it is there. The others
/// stand in the same object because another lambda of the same scope captured them.
/// </summary>
internal sealed class ClosureShape(Type type) : FieldsShape(type)
{
    // A program that makes lambdas without end shall not fill the memory.
    private const int MostKept = 256;

    // Made when something is written: a child that reads its call would have to compile the code of it.
    private ConcurrentDictionary<CapturedUse, ConcurrentDictionary<CapturedUse, bool[]>>? _sent;

    internal override void WriteBody(GraphWriter writer, object value)
    {
        var (wanted, written) = writer.BeginClosure();
        bool[] sent = Chosen(wanted, written);
        byte bits = 0;
        for (int i = 0; i < sent.Length; i++)
        {
            if (sent[i])
                bits |= (byte)(1 << (i % 8));
            if (i % 8 != 7 && i != sent.Length - 1)
                continue;
            writer.Bytes.WriteByte(bits);
            bits = 0;
        }
        var places = Places();
        for (int i = 0; i < sent.Length; i++)
        {
            if (!sent[i])
                continue;
            if (IsClosure(i))
                writer.BeginClosureUse(wanted);
            WriteField(writer, value, i, places);
        }
    }

    internal override void ReadBody(GraphReader reader, object value)
    {
        Span<byte> bits = stackalloc byte[(Fields.Length + 7) / 8];
        reader.Bytes.Take(bits.Length).CopyTo(bits);
        var places = Places();
        for (int i = 0; i < Fields.Length; i++)
            if ((bits[i / 8] & (1 << (i % 8))) != 0)
                ReadField(reader, value, i, places);
    }

    /// <summary>Native code cannot tell what a target uses; what was disposed of it can hardly be.</summary>
    protected override object? Sent(GraphWriter writer, FieldInfo field, Slot slot, object? value) =>
        Platform.IsNativeAot && value is ISharedObject && SharedShape.IsDisposed(value) ? null : value;

    /// <summary>
    /// All that is wanted and was not written. A closure of an outer scope goes once more: more may be wanted of that, too.
    /// </summary>
    private bool[] Chosen(CapturedUse wanted, CapturedUse? written)
    {
        Debug.Assert(written != CapturedUse.Whole, "Nothing can be wanted besides all of it.");
        var all = _sent ?? Interlocked.CompareExchange(ref _sent, new(), null) ?? _sent;
        var chosen = all.TryGetValue(wanted, out var before) || all.Count >= MostKept ? before : all.GetOrAdd(wanted, static _ => new());
        if (chosen?.TryGetValue(written ?? CapturedUse.Whole, out bool[]? known) == true)
            return known;
        bool[] sent = new bool[Fields.Length];
        for (int i = 0; i < sent.Length; i++)
            sent[i] = wanted.Includes(Fields[i]) && (IsClosure(i) || written?.Includes(Fields[i]) != true);
        if (chosen?.Count < MostKept)
            chosen.TryAdd(written ?? CapturedUse.Whole, sent);
        return sent;
    }

    private bool IsClosure(int field) => ClosureTypes.IsClosure(Fields[field].FieldType);
}
