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
    private Type[] _lastSent = [];

    private OrderWriter(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _writer = new CallWriter(_bytes, vocabulary.TypesFor(_bytes));
    }

    /// <exception cref="TargetNotSupportedException">Something cannot travel.</exception>
    internal static Order Write(ProcessEngine engine, PoolTask task)
    {
        var writer = Take(engine.Vocabulary);
        try
        {
            return writer.WriteOrder(engine, task);
        }
        finally
        {
            writer.Return();
        }
    }

    /// <summary>Writes what the target of a map captured.</summary>
    /// <exception cref="TargetNotSupportedException">Something cannot travel.</exception>
    internal static CapturedData WriteCaptured(ProcessEngine engine, Delegate target, TargetInfo info, int number)
    {
        var writer = Take(engine.Vocabulary);
        try
        {
            return writer.WriteCapturedData(engine, target, info, number);
        }
        finally
        {
            writer.Return();
        }
    }

    // What is written may enumerate a collection of the user's, which may call the pool.
    private static OrderWriter Take(Vocabulary vocabulary)
    {
        var writer = s_free is { } free && free._vocabulary == vocabulary ? free : new OrderWriter(vocabulary);
        s_free = null;
        return writer;
    }

    private void Return()
    {
        _writer.End();
        _bytes.LetGo();
        // Also after one that was refused: what it crossed is not the next one's.
        if (!_crossing.IsEmpty)
            _crossing = Crossing.ToChild();
        s_free = this;
    }

    private CapturedData WriteCapturedData(ProcessEngine engine, Delegate target, TargetInfo info, int number)
    {
        _bytes.Reset();
        _bytes.MayBorrow = true;
        _vocabulary.TellConverters();
        _bytes.WriteByte((byte)TaskKind.Captured);
        _bytes.WriteNumber(number);
        _crossing.Sent.Clear();
        _writer.Begin(_crossing, info.Labels);
        Crossing.CheckTarget(info.Method, target.Target);
        _writer.WriteTarget(info.Method, target.Target);
        byte[] message = _bytes.ToMessage();
        var crossing = _crossing;
        _crossing = Crossing.ToChild();
        return new CapturedData(engine, number, message, crossing) { Sent = crossing.Sent.Copy([]) };
    }

    private Order WriteOrder(ProcessEngine engine, PoolTask task)
    {
        var order = new Order(engine, task) { Captured = task.Captured as CapturedData };
        if (order.Captured?.NewCrossing() is { } crossing)
            _crossing = crossing;
        string? trace = Activity.Current?.Id;
        _bytes.Reset();
        _bytes.MayBorrow = !task.IsFramed;
        _vocabulary.TellConverters();
        _bytes.WriteByte((byte)TaskKind.Run);
        _bytes.WriteNumber(NumberOf(task));
        int flagsAt = _bytes.PayloadLength;
        _bytes.WriteByte((byte)Kind(order, trace));
        if (trace is not null)
            _bytes.WriteText(trace);
        if (order.Captured is not null)
            _bytes.WriteNumber(order.Captured.Number);
        _crossing.Sent.Clear();
        foreach (var type in order.Captured?.Sent ?? [])
            _crossing.Sent.Note(type);
        _writer.Begin(_crossing, task.Info.Labels);
        if (task.Culture is { } culture)
            _writer.WriteCulture(culture);
        if (order.Captured is null)
            WriteTarget(task);
        task.Write(_writer);
        order.Words = _vocabulary.Count;
        // Tasks of one target mostly name the same.
        order.Sent = _lastSent = _crossing.Sent.Copy(_lastSent);
        Keep(order);
        if (_crossing.HasShared)
            order.Bytes[sizeof(int) + flagsAt] |= (byte)TaskMessage.Shares;
        if (_crossing.IsWatched)
            order.Crossing = _crossing;
        order.CanBeAsked = task.Runner.TakesToken || order.Crossing is { Tokens.Count: > 0 };
        return order;
    }

    private static TaskMessage Kind(Order order, string? trace) =>
        (order.Task.IsFramed ? TaskMessage.Framed : 0)
        | (trace is null ? 0 : TaskMessage.Traced)
        | (order.Captured is null ? 0 : TaskMessage.Captured)
        | (order.Task.Culture is null ? 0 : TaskMessage.Cultured);

    private void WriteTarget(PoolTask task)
    {
        Crossing.CheckTarget(task.Info.Method, task.Target.Target);
        if (task.Info.HasState)
            _writer.WriteTarget(task.Info.Method, task.Target.Target);
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
