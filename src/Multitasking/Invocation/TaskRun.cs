using System.Buffers.Binary;
using System.Diagnostics;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>
/// One task as its worker sees it: where its arguments come from, which of its calls are still wanted, where the answers go.
/// </summary>
/// <param name="answers">The ring of answers.</param>
/// <param name="arrival">What its arguments refer to on the other side.</param>
internal sealed unsafe class TaskRun(AnswerStream answers, Arrival arrival)
{
    // Not at its use: in a generic method it would be made for each result.
    private static readonly Func<int, string> s_label = static _ => "the result";

    private readonly ByteWriter _bytes = new();
    private long* _slot;
    private long* _startedAt;
    private bool _isFramed;
    private int _nextItem;
    private CallWriter? _writer;

    internal CallReader Arguments { get; } = new(new ByteReader());

    /// <summary>What the pool makes of the task's answers.</summary>
    internal Trust Pool { get; set; } = Trust.None;

    /// <summary>What the end of the task, or of the worker, triggers.</summary>
    internal CancellationToken Termination => arrival.Termination;

    /// <summary>Begins a task.</summary>
    /// <param name="slot">Its word in shared memory.</param>
    /// <param name="startedAt">Where to note when a call begins; null where nobody asks.</param>
    internal void Begin(long* slot, long* startedAt)
    {
        _slot = slot;
        _startedAt = startedAt;
        _isFramed = false;
    }

    /// <summary>Begins the arguments, of which the first call's are about to be read.</summary>
    /// <param name="isFramed">Whether each call's arguments are preceded by their length.</param>
    internal void BeginItems(bool isFramed)
    {
        _nextItem = Arguments.Bytes.Position;
        _isFramed = isFramed;
        if (isFramed)
            BeginItem();
    }

    /// <summary>Tells that the task is done with.</summary>
    /// <param name="ticks">How long it ran.</param>
    /// <param name="headTicks">How much of that it took to read what the target captured.</param>
    /// <param name="memory">How much memory this worker holds, in KiB; 0 to tell nothing.</param>
    internal void End(long ticks, long headTicks, int memory)
    {
        Span<byte> end = stackalloc byte[(2 * sizeof(long)) + sizeof(int)];
        BinaryPrimitives.WriteInt64LittleEndian(end, ticks);
        BinaryPrimitives.WriteInt64LittleEndian(end[sizeof(long)..], headTicks);
        BinaryPrimitives.WriteInt32LittleEndian(end[(2 * sizeof(long))..], memory);
        answers.WriteFixed((byte)AnswerTag.End, end);
        answers.Announce();
    }

    /// <summary>Takes the next call, unless there is none or the pool took it back.</summary>
    internal bool TryClaim()
    {
        if (_startedAt != null)
            Volatile.Write(ref *_startedAt, Stopwatch.GetTimestamp());
        long word = Volatile.Read(ref *_slot);
        while (true)
        {
            if ((int)word >= (int)(word >> 32))
            {
                Arguments.End();
                return false;
            }
            long seen = Interlocked.CompareExchange(ref *_slot, word + 1, word);
            if (seen == word)
                break;
            word = seen;
        }
        arrival.HearCancellations();
        if (_isFramed)
            BeginItem();
        return true;
    }

    internal void Answer<T>(T result)
    {
        if (arrival.HasReports)
            lock (answers.Lock)
                Write(result);
        else
            Write(result);
    }

    internal void Fail(Exception exception)
    {
        _bytes.Reset();
        FailureCodec.Write(_bytes, exception, Pool);
        lock (answers.Lock)
            answers.WriteSized((byte)AnswerTag.Failure, _bytes.Payload);
    }

    private void Write<T>(T result)
    {
        if (ValueCodec<T>.IsBlock)
        {
            answers.WriteValue((byte)AnswerTag.Value, result);
            return;
        }
        try
        {
            _bytes.Reset();
            _writer ??= new CallWriter(_bytes, new TypeWriter(_bytes));
            _writer.Begin(Pool.Answers, s_label);
            _writer.Write(result, 0);
            _writer.End();
        }
        catch (Exception exception)
        {
            _writer?.End();
            _bytes.Reset();
            FailureCodec.Write(_bytes, exception, Pool);
            answers.WriteSized((byte)AnswerTag.Failure, _bytes.Payload);
            return;
        }
        answers.WriteSized((byte)AnswerTag.Value, _bytes.Payload);
    }

    /// <summary>A call whose arguments could not be read does not take the others with it.</summary>
    private void BeginItem()
    {
        var bytes = Arguments.Bytes;
        bytes.SkipTo(_nextItem);
        int length = BitConverter.ToInt32(bytes.Take(sizeof(int)));
        _nextItem = bytes.Position + length;
        Arguments.BeginPart();
    }
}
