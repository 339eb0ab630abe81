using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

// Reading what workers answer.
internal sealed partial class ProcessEngine
{
    private const int EndSize = 1 + sizeof(long) + sizeof(int);
    private const int SizedHead = 1 + sizeof(int);
    private const int MostReportsWaiting = 1024;
    private const int ScratchSize = 64 << 10;

    // How much of one worker's answers is read before others have their turn, and what is due is done.
    private const int FairShare = 2 << 20;

    [ThreadStatic]
    private static byte[]? s_scratch;

    [ThreadStatic]
    private static CallReader? s_reader;

    /// <summary>Reads what a worker has answered, and gives it something new to do.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="waits">Whether to wait for another thread that is just reading.</param>
    internal void Read(WorkerProcess worker, bool waits)
    {
        if (waits)
            worker.Reading.Enter();
        else if (!worker.Reading.TryEnter())
            return;
        try
        {
            int share = FairShare;
            if (worker.IsGone || !TryRead(worker, ref share))
                return;
            if (share <= 0)
                Pump.Wake();
            lock (_lock)
                HandOut(Stopwatch.GetTimestamp());
        }
        finally
        {
            worker.Reading.Exit();
        }
    }

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
                return !worker.IsGone && worker.Answers.Unwatch() && worker is { IsBehind: false, IsFaulted: false };
            }
            catch (InvalidDataException exception)
            {
                worker.Fault(exception);
                return false;
            }
    }

    /// <summary>A worker that sends nonsense is killed: it is not what this side started any more.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a worker brings about ends that worker, not the pool.")]
    private static bool TryRead(WorkerProcess worker, ref int share)
    {
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
        while (worker is { IsBehind: false, IsFaulted: false } && share > 0)
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
        while (at < count && !worker.IsBehind && worker.Partial is null)
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
        order.Received += values;
        bytes = bytes[..(values * size)];
        if (order.IsDetached)
            return bytes.Length;
        if (order.Reason != EndReason.TimedOut && order.IsDirect)
        {
            order.Task.TakeFixed(bytes);
            return bytes.Length;
        }
        PostFixed(order, bytes.ToArray());
        return bytes.Length;
    }

    // Apart, so that nothing is allocated for the answers that are handed on at once.
    private static void PostFixed(Order order, byte[] values) =>
        order.Do(() => TakeLate(order, () => order.Task.TakeFixed(values)), mayRunUserCode: false);

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
    /// <param name="worker">Who sent it.</param>
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
        if (tag == AnswerTag.Value && order.IsDirect && order.Reason != EndReason.TimedOut && !order.ResultMayRunUserCode)
        {
            TakeValue(worker, order, payload, s_reader ??= new CallReader(new ByteReader()));
            return;
        }
        if (tag == AnswerTag.Report && order.AddReport() > MostReportsWaiting)
            worker.IsBehind = true;
        Post(worker, order, tag, own ?? payload.ToArray());
    }

    private static void Post(WorkerProcess worker, Order order, AnswerTag tag, byte[] copy)
    {
        switch (tag)
        {
            case AnswerTag.Value:
                order.Do(() => TakeLate(order, () => TakeValue(worker, order, copy, new CallReader(new ByteReader()))), mayRunUserCode: true);
                break;
            case AnswerTag.Failure:
                order.Do(() => TakeLate(order, () => TakeFailure(worker, order, copy)), mayRunUserCode: true);
                break;
            default:
                order.DoReport(() => TakeReport(worker, order, copy));
                break;
        }
    }

    /// <summary>What comes after a time limit has passed is too late, whatever it is; what comes after a report that failed has failed.</summary>
    private static void TakeLate(Order order, Action take)
    {
        if (order.ReportFailure is { } failure)
            order.Task.Fail(failure);
        else if (order.Reason == EndReason.TimedOut)
            order.Task.Fail(order.TimeoutException());
        else
            take();
    }

    private static void TakeValue(WorkerProcess worker, Order order, ReadOnlyMemory<byte> payload, CallReader reader)
    {
        try
        {
            reader.Bytes.Reset(payload);
            reader.Begin(new ChildTypes(worker.Budget, order.Task.Info.Types), Arrival.Nothing);
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

    private static void TakeFailure(WorkerProcess worker, Order order, byte[] payload)
    {
        try
        {
            var remote = FailureCodec.Read(payload, new ChildTypes(worker.Budget, order.Task.Info.Types), worker.Name, worker.Id ?? 0);
            if (order.Reason == EndReason.Cancelled && remote.InnerException is OperationCanceledException)
                order.Task.CancelRest();
            else
                order.Task.Fail(remote);
        }
        catch (InvalidDataException exception)
        {
            order.Task.Fail(worker.Lost(order, "after a failure that cannot be read", exception));
        }
    }

    private static void TakeReport(WorkerProcess worker, Order order, byte[] payload)
    {
        order.ReportFailure ??= order.Report(payload);
        // Not "==": the flag may be raised after the count that led to it has gone down again. The report behind it sees both.
        if (order.RemoveReport() <= MostReportsWaiting / 2 && worker.IsBehind)
        {
            worker.IsBehind = false;
            worker.WakePump();
        }
    }

    private static int HearEnd(WorkerProcess worker, ReadOnlySpan<byte> bytes)
    {
        var order = Front(worker);
        if (worker.Begun(order) > order.Received)
            throw ByteReader.Malformed("the end of a task before its answer");
        order.RunTicks = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(bytes));
        worker.Memory = (long)BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(long)..]) << 10;
        worker.NextToHear();
        return EndSize;
    }

    /// <summary>A worker is done with some orders. Called while its answers are read.</summary>
    internal void OnOrdersEnded(WorkerProcess worker)
    {
        long now = Stopwatch.GetTimestamp();
        var ended = worker.Ended;
        lock (_lock)
        {
            _failedStarts = _uselessLives = 0;
            worker.LastActive = worker.FrontSince = now;
            while (worker.TryRemoveHeard(out var order))
            {
                ended.Add(order);
                order.IsDone = true;
                if (!order.IsDetached && order.Received > 0)
                    _ticksPerOrder = double.IsPositiveInfinity(_ticksPerOrder) ? order.RunTicks : (_ticksPerOrder * 0.8) + (order.RunTicks * 0.2);
                if (order.Reason != EndReason.None && !worker.IsDoomed)
                    worker.TerminateAt = long.MaxValue;
            }
            if (worker.Memory > Options.MaxWorkerMemory && !worker.IsLeaving)
                Dismiss(worker, now);
            else if (worker.IsLeaving && worker.OrderCount == 0)
                LimitLeaving(worker, now);
            if (Options.IdleTimeout is { } idle && worker.OrderCount == 0)
                Pump.WakeBy(now + Ticks(idle));
        }
        foreach (var order in ended)
            if (order.IsDetached)
                order.Release();
            else if (order.IsDirect)
                Conclude(order);
            else
                PostConclusion(order);
        ended.Clear();
    }

    private void PostConclusion(Order order) => order.Do(() => Conclude(order), mayRunUserCode: false);

    /// <summary>The worker has answered all that it began; what it did not begin was taken back.</summary>
    private void Conclude(Order order)
    {
        var task = order.Task;
        task.RunTicks += order.RunTicks;
        bool isCancelled = order.Reason == EndReason.Cancelled;
        if (!task.IsAnswered && isCancelled)
            task.CancelRest();
        if (!task.IsAnswered && order.CanBeGivenAgain)
        {
            ThreadPool.UnsafeQueueUserWorkItem(again => Place(again, isNew: false), order, preferLocal: false);
            return;
        }
        order.Release();
        if (task.IsAnswered)
            task.Finish();
        else
            ThreadPool.UnsafeQueueUserWorkItem(Resubmit, task, preferLocal: false);
    }
}
