using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

/// <summary>Writes tasks for a pool's workers. One per thread and pool, so that its memory is used again.</summary>
internal sealed class OrderWriter
{
    [ThreadStatic]
    private static OrderWriter? s_free;

    private readonly Vocabulary _vocabulary;
    private readonly ByteWriter _bytes = new();
    private readonly CallWriter _writer;
    private Crossing _crossing = Crossing.ToChild();
    private TargetInfo? _lastInfo;
    private Runner? _lastRunner;
    private int _lastNumber;

    private OrderWriter(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _writer = new CallWriter(_bytes, vocabulary.TypesFor(_bytes));
    }

    /// <exception cref="TargetNotSupportedException">Something cannot travel.</exception>
    internal static Order Write(ProcessEngine engine, PoolTask task)
    {
        // What is written may enumerate a collection of the user's, which may call the pool.
        var writer = s_free is { } free && free._vocabulary == engine.Vocabulary ? free : new OrderWriter(engine.Vocabulary);
        s_free = null;
        try
        {
            return writer.WriteOrder(engine, task);
        }
        finally
        {
            writer._writer.End();
            writer._bytes.LetGo();
            // Also after one that was refused: what it crossed is not the next one's.
            if (!writer._crossing.IsEmpty)
                writer._crossing = Crossing.ToChild();
            s_free = writer;
        }
    }

    private Order WriteOrder(ProcessEngine engine, PoolTask task)
    {
        var order = new Order(engine, task);
        string? trace = Activity.Current?.Id;
        _bytes.Reset();
        _bytes.MayBorrow = !task.IsFramed;
        _vocabulary.TellConverters();
        _bytes.WriteByte((byte)TaskKind.Run);
        _bytes.WriteNumber(NumberOf(task));
        int flagsAt = _bytes.PayloadLength;
        _bytes.WriteByte((byte)((task.IsFramed ? TaskMessage.Framed : 0) | (trace is null ? 0 : TaskMessage.Traced)));
        if (trace is not null)
            _bytes.WriteText(trace);
        _writer.Begin(_crossing, task.Info.Labels);
        Crossing.CheckTarget(task.Info.Method, task.Target.Target);
        if (task.Info.HasState)
            _writer.WriteTarget(task.Info.Method, task.Target.Target);
        task.Write(_writer);
        order.Words = _vocabulary.Count;
        Keep(order);
        if (_crossing.HasShared)
            order.Bytes[sizeof(int) + flagsAt] |= (byte)TaskMessage.Shares;
        if (_crossing.IsWatched)
            order.Crossing = _crossing;
        order.CanBeAsked = task.Runner.TakesToken || order.Crossing is { Tokens.Count: > 0 };
        return order;
    }

    /// <summary>As a rule a thread runs the same target again.</summary>
    private int NumberOf(PoolTask task)
    {
        if (task.Info != _lastInfo || task.Runner != _lastRunner)
        {
            _lastNumber = _vocabulary.NumberOf(task.Info, task.Target, task.Runner);
            (_lastInfo, _lastRunner) = (task.Info, task.Runner);
        }
        return _lastNumber;
    }

    private void Keep(Order order)
    {
        var payload = _bytes.Payload;
        order.Length = sizeof(int) + payload.Length;
        order.Bytes = ArrayPool<byte>.Shared.Rent(order.Length);
        long whole = payload.Length;
        if (_bytes.Borrowed.Count > 0)
        {
            order.Borrowed = [.. _bytes.Borrowed.Select(static borrowed => (sizeof(int) + borrowed.Before, borrowed.Part))];
            whole += _bytes.Borrowed.Sum(static borrowed => (long)borrowed.Part.Length);
        }
        if (whole > Array.MaxLength - sizeof(int))
            throw new InvalidOperationException($"A task of {whole:N0} bytes is more than the {Array.MaxLength - sizeof(int):N0} that fit into one message.");
        BinaryPrimitives.WriteInt32LittleEndian(order.Bytes, (int)whole);
        payload.CopyTo(order.Bytes.AsSpan(sizeof(int)));
    }
}
