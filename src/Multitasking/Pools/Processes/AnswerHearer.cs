using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

/// <summary>
/// Takes what a worker answered out of its ring. Results of a fixed size, texts and arrays without references are read here; all else
/// stays bytes until a reader thread reads it (<see cref="UnreadAnswer"/>), for it may take long or call code of the user's.
/// </summary>
/// <remarks>
/// What is looked at here has a fixed shape: a tag, a length or a size that the parent knows. Called under
/// <see cref="WorkerProcess.Reading"/>.
/// </remarks>
internal static class AnswerHearer
{
    /// <summary>How much of one worker's answers is read before others have their turn, and what is due is done.</summary>
    internal const int FairShare = 2 << 20;

    private const int EndSize = 1 + (2 * sizeof(long)) + sizeof(int);
    private const int SizedHead = 1 + sizeof(int);
    private const int ScratchSize = 64 << 10;

    [ThreadStatic]
    private static byte[]? s_scratch;

    [ThreadStatic]
    private static CallReader? s_reader;

    internal static void Watch(WorkerProcess worker)
    {
        lock (worker.Reading)
            if (!worker.IsGone)
                worker.Answers.Watch();
    }

    /// <returns>Whether there is something to read that nobody would be told of.</returns>
    internal static bool Unwatch(WorkerProcess worker)
    {
        lock (worker.Reading)
            try
            {
                return !worker.IsGone && worker.Answers.Unwatch() && worker is { Backlog.IsFull: false, IsFaulted: false };
            }
            catch (InvalidDataException exception)
            {
                worker.Fault(exception);
                return false;
            }
    }

    /// <summary>Takes what has arrived. A worker that sends nonsense is killed: it is not what this side started any more.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="share">How many bytes may be taken; what was taken is subtracted.</param>
    /// <returns>Whether there was anything.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a worker brings about ends that worker, not the pool.")]
    internal static bool TryRead(WorkerProcess worker, ref int share)
    {
        Debug.Assert(worker.Reading.IsHeldByCurrentThread);
        try
        {
            return ReadAnswers(worker, ref share);
        }
        catch (Exception exception)
        {
            worker.Fault(exception);
            return false;
        }
    }

    private static bool ReadAnswers(WorkerProcess worker, ref int share)
    {
        byte[] scratch = s_scratch ??= new byte[ScratchSize];
        bool any = false;
        while (worker is { Backlog.IsFull: false, IsFaulted: false } && share > 0)
        {
            int available = worker.Answers.Available();
            if (available == 0)
                break;
            if (worker.Partial is { } partial)
            {
                share -= partial.Receive(worker.Answers, available);
                if (!partial.IsComplete)
                    continue;
                worker.Partial = null;
                Hear(worker, partial.Tag, partial.Bytes, partial.Bytes);
                any = true;
                continue;
            }
            int count = Math.Min(available, scratch.Length);
            worker.Answers.Peek(scratch.AsSpan(0, count));
            int used = Parse(worker, scratch, count);
            if (used == 0)
                break;
            worker.Answers.Release(used);
            share -= used;
            any = true;
            if (worker.HasHeard)
                worker.TellOfEnded();
        }
        return any;
    }

    /// <returns>How many bytes were used; what is left is the beginning of an answer.</returns>
    private static int Parse(WorkerProcess worker, byte[] bytes, int count)
    {
        int at = 0;
        while (at < count && !worker.Backlog.IsFull && worker.Partial is null)
        {
            var tag = (AnswerTag)bytes[at];
            int left = count - at;
            int used = tag switch
            {
                AnswerTag.Value when Front(worker) is { HasFixedResults: true } order =>
                    order.FixedSize > bytes.Length ? BeginLargeFixed(worker, order) : HearFixed(worker, bytes.AsSpan(at, left)),
                AnswerTag.End => left < EndSize ? 0 : HearEnd(worker, bytes.AsSpan(at + 1)),
                AnswerTag.Value or AnswerTag.Failure or AnswerTag.Report => left < SizedHead ? 0 : HearSized(worker, tag, bytes.AsMemory(at + 1, left - 1)),
                _ => throw ByteReader.Malformed($"an answer with tag {(byte)tag}"),
            };
            if (used == 0)
                break;
            at += used;
        }
        return at;
    }

    private static Order Front(WorkerProcess worker) => worker.Heard ?? throw ByteReader.Malformed("an answer to nothing");

    /// <summary>A result of a fixed size that is larger than what is looked at at once.</summary>
    private static int BeginLargeFixed(WorkerProcess worker, Order order)
    {
        worker.Partial = new PartialAnswer(AnswerTag.Value, order.FixedSize - 1);
        return 1;
    }

    private static int HearFixed(WorkerProcess worker, Span<byte> bytes)
    {
        var order = Front(worker);
        int size = order.FixedSize, most = Math.Min(order.Count - order.Received, bytes.Length / size), values = 0;
        while (values < most && bytes[values * size] == (byte)AnswerTag.Value)
            values++;
        if (values == 0)
            return bytes.Length < size ? 0 : throw ByteReader.Malformed("more answers than calls");
        bytes = bytes[..(values * size)];
        order.Task.CheckFixed(bytes);
        order.Received += values;
        if (order.IsDetached)
            return bytes.Length;
        if (order.Reason != EndReason.TimedOut && order.IsDirect)
            order.Task.TakeFixed(bytes);
        else
            order.Read(new UnreadAnswer(worker, order, AnswerTag.Value, bytes.ToArray()) { IsRow = true, IsLate = order.Reason == EndReason.TimedOut });
        return bytes.Length;
    }

    private static int HearSized(WorkerProcess worker, AnswerTag tag, ReadOnlyMemory<byte> bytes)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        if (length < 0 || length > Array.MaxLength)
            throw ByteReader.Malformed($"an answer of {(uint)length} bytes");
        if (bytes.Length - sizeof(int) < length)
        {
            worker.Partial = new PartialAnswer(tag, length);
            return SizedHead;
        }
        Hear(worker, tag, bytes.Slice(sizeof(int), length));
        return SizedHead + length;
    }

    /// <summary>An answer that has arrived as a whole.</summary>
    /// <param name="worker">The worker that sent it.</param>
    /// <param name="tag">What it is.</param>
    /// <param name="payload">Its bytes, which may be overwritten afterwards.</param>
    /// <param name="own">The same as an array that is not.</param>
    private static void Hear(WorkerProcess worker, AnswerTag tag, ReadOnlyMemory<byte> payload, byte[]? own = null)
    {
        var order = Front(worker);
        if (tag != AnswerTag.Report && ++order.Received > order.Count)
            throw ByteReader.Malformed("more answers than calls");
        if (order.IsDetached)
            return;
        bool isLate = order.Reason == EndReason.TimedOut;
        if (tag == AnswerTag.Report)
            HearReport(worker, order, own ?? payload.ToArray());
        else if (tag == AnswerTag.Value && order.IsDirect && !isLate && !order.ResultMayRunUserCode)
            TakeValue(worker, order, payload, s_reader ??= new CallReader(new ByteReader()));
        else
            order.Read(new UnreadAnswer(worker, order, tag, own ?? payload.ToArray()) { IsLate = isLate });
    }

    private static void HearReport(WorkerProcess worker, Order order, byte[] report)
    {
        worker.Backlog.Add(report.Length);
        order.DoReport(() =>
        {
            worker.LeaveBacklog(report.Length);
            order.ReportFailure ??= order.Report(worker, report);
        });
    }

    /// <summary>A text, or an array without references: reading it calls no code but this library's, and costs what its bytes do.</summary>
    private static void TakeValue(WorkerProcess worker, Order order, ReadOnlyMemory<byte> payload, CallReader reader)
    {
        try
        {
            reader.Bytes.Reset(payload);
            reader.Begin(new ChildTypes(worker.Budget, order.Task.Info.Trust), Arrival.Nothing);
            order.Task.Take(reader);
        }
        catch (Exception exception)
        {
            order.Task.Fail(worker.Lost(order, "after an answer that cannot be read", exception));
        }
        finally
        {
            reader.End();
        }
    }

    private static int HearEnd(WorkerProcess worker, ReadOnlySpan<byte> bytes)
    {
        var order = Front(worker);
        if (worker.Begun(order) > order.Received)
            throw ByteReader.Malformed("the end of a task before its answer");
        order.RunTicks = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(bytes));
        order.HeadTicks = Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]), 0, order.RunTicks);
        worker.Memory = (long)BinaryPrimitives.ReadInt32LittleEndian(bytes[(2 * sizeof(long))..]) << 10;
        worker.NextToHear();
        return EndSize;
    }
}
