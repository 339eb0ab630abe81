using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

/// <summary>A task, or what is left of it, as it is given to a worker: its bytes, and how far its worker has come.</summary>
internal sealed class Order(ProcessEngine engine, PoolTask task)
{
    private volatile AnswerLine? _line;
    private CancellationTokenRegistration[] _registrations = [];

    internal PoolTask Task { get; } = task;

    /// <summary>The number in its task of the first call.</summary>
    internal int First { get; } = task.Answered;

    /// <summary>How many calls it holds.</summary>
    internal int Count => Task.Count - First;

    /// <summary>The message to the worker, with its length before it. Rented.</summary>
    internal byte[] Bytes { get; set; } = [];

    internal int Length { get; set; }

    /// <summary>
    /// The caller's own arrays, as long as he waits for them to be sent, and before which byte of <see cref="Bytes"/> each belongs.
    /// </summary>
    internal IReadOnlyList<(int Before, MessagePart Part)> Borrowed { get; set; } = [];

    /// <summary>Tells whether its worker has still to be sent some of <see cref="Bytes"/>. Guarded by the pool's lock.</summary>
    internal bool IsInOutbox { get; set; }

    /// <summary>
    /// Tells whether its arrays were sent from where they are, so that it cannot be given to another worker. Guarded by the pool's lock.
    /// </summary>
    internal bool IsSpent { get; set; }

    /// <summary>
    /// Tells whether another worker may be given the same bytes; else the rest is written anew, as the caller's objects are then.
    /// </summary>
    internal bool CanBeGivenAgain => Task.Answered == First && Reason == EndReason.None && !IsSpent && !IsInOutbox;

    /// <summary>How much of the vocabulary the worker must know.</summary>
    internal int Words { get; set; }

    /// <summary>The objects that crossed by reference; null for none.</summary>
    internal Crossing? Crossing { get; set; }

    /// <summary>What its target captured, where the worker keeps that apart.</summary>
    internal CapturedData? Captured { get; set; }

    /// <summary>The types of what was written into it, beside the declared ones.</summary>
    internal Type[] Sent { get; set; } = [];

    /// <summary>What is made of its answers.</summary>
    internal Trust Trust => Sent.Length == 0 ? Task.Info.Trust : Task.Info.Trust.With(Sent);

    /// <summary>Tells whether the target holds a token, so that asking it to end can mean something.</summary>
    internal bool CanBeAsked { get; set; }

    /// <summary>The worker that has it; null while it waits.</summary>
    internal WorkerProcess? Worker { get; set; }

    /// <summary>Its number among the tasks of its worker.</summary>
    internal long Number { get; set; }

    /// <summary>Where it stands in the queue.</summary>
    internal LinkedListNode<Order>? Place { get; set; }

    /// <summary>How many answers have arrived.</summary>
    internal int Received { get; set; }

    /// <summary>How long its worker ran it, as that says.</summary>
    internal long RunTicks { get; set; }

    /// <summary>How much of that it took to read what the target captured.</summary>
    internal long HeadTicks { get; set; }

    internal EndReason Reason { get; set; }

    /// <summary>Tells whether its worker died before it began, while the caller was still sending it: that one sees to it.</summary>
    internal bool IsOrphaned { get; set; }

    /// <summary>Tells whether its worker is done with it.</summary>
    internal bool IsDone { get; set; }

    /// <summary>Its caller was told already: what its worker still says of it is dropped.</summary>
    internal bool IsDetached { get; set; }

    /// <summary>Does something with the task, behind all that came before: at once where nothing waits to be read.</summary>
    internal void Do(Action action)
    {
        if (_line is { } line)
            line.Do(action);
        else
            action();
    }

    /// <summary>Does something with the task on a reader thread, behind all that came before.</summary>
    internal void DoOnReader(Action action) => Line.Do(action);

    /// <summary>Has an answer read behind all that came before.</summary>
    internal void Read(UnreadAnswer answer)
    {
        answer.EnterBacklog();
        Line.Read(answer);
    }

    internal bool HasFixedResults { get; } = task.Runner.HasFixedResults;

    /// <summary>How long an answer with a result is, where all are of one size.</summary>
    internal int FixedSize { get; } = 1 + task.Runner.ResultSize;

    /// <summary>Tells whether reading a result may call code of the user.</summary>
    internal bool ResultMayRunUserCode { get; } = !task.Runner.HasPlainResults;

    /// <summary>The exception that a progress threw: the outcome of the call.</summary>
    internal Exception? ReportFailure { get; set; }

    /// <summary>How long an answer may take to be read, and its reports before it, in ticks.</summary>
    internal long ReadingLimit => Reason == EndReason.None ? engine.ReadingLimit : ProcessEngine.EndingLimit;

    /// <summary>
    /// When a thread that begins to read something of it now has to stop, in ticks: the call is told at its limit, and the thread stops
    /// some time later.
    /// </summary>
    internal long ReadBy() => ReadingLimit is var limit && limit > long.MaxValue / 4 ? long.MaxValue : Stopwatch.GetTimestamp() + (2 * limit);

    /// <summary>How much of the time since then its process was stopped, in ticks.</summary>
    internal long StoppedSince(long time) => engine.Stops.Since(time);

    /// <summary>Tells whether its pool was aborted, so that nothing more is read.</summary>
    internal bool IsAborted => engine.IsAborted;

    /// <param name="end">What became of its process.</param>
    internal TaskTimeoutException TimeoutException(string? end = null) =>
        new(Task.Info.Name, engine.Options.TaskTimeout!.Value, end ?? "it was ended");

    /// <summary>Stands in its place for a worker that it was taken from.</summary>
    internal Order Ghost() => new(engine, Task) { IsDetached = true };

    /// <summary>Hands a report on, before everything that is done from now on.</summary>
    internal void DoReport(Action report) => Line.Report(report);

    /// <summary>It is being ended: nothing waits for reports any more.</summary>
    internal void Hurry() => _line?.Hurry();

    /// <summary>Ends the reading of an answer that is under way, if one is.</summary>
    /// <param name="outcome">What becomes of the task in its place.</param>
    internal void GiveUpReading(Action<PoolTask> outcome) => _line?.GiveUp(outcome);

    /// <summary>It is being ended, or its worker was lost: what that sent is waited for a while, and no longer.</summary>
    internal void LimitReading(WorkerProcess? lost)
    {
        if (_line is not { } line)
            return;
        line.LimitSteps(ProcessEngine.EndingLimit, lost);
        engine.LookAtUnread(ProcessEngine.EndingLimit);
    }

    /// <summary>Tells whether answers may be handed on at once.</summary>
    internal bool IsDirect => _line is null;

    private AnswerLine Line => _line ??= engine.NewLine(this);

    /// <summary>The message in its parts.</summary>
    internal IEnumerable<MessagePart> Parts()
    {
        int at = 0;
        foreach (var (before, part) in Borrowed)
        {
            yield return new MessagePart(Bytes, at, before - at);
            yield return part;
            at = before;
        }
        yield return new MessagePart(Bytes, at, Length - at);
    }

    /// <summary>Copies what is the caller's.</summary>
    internal void Materialize()
    {
        if (Borrowed.Count == 0)
            return;
        int length = Length + Borrowed.Sum(static borrowed => borrowed.Part.Length), at = 0;
        byte[] whole = ArrayPool<byte>.Shared.Rent(length);
        foreach (var part in Parts())
        {
            part.Span.CopyTo(whole.AsSpan(at));
            at += part.Length;
        }
        ArrayPool<byte>.Shared.Return(Bytes);
        (Bytes, Length, Borrowed) = (whole, length, []);
    }

    /// <summary>Watches the tokens that crossed.</summary>
    internal void Watch()
    {
        if (Crossing is not { Tokens.Count: > 0 } crossing)
            return;
        _registrations = [.. crossing.Tokens.Select((token, index) => token.UnsafeRegister(_ => engine.CancelToken(this, index + 1), null))];
    }

    /// <summary>It is done with: nothing is going to be sent or heard any more.</summary>
    internal void Release()
    {
        foreach (var registration in _registrations)
            registration.Unregister();
        _registrations = [];
        Crossing?.Release();
        if (_line is { } line)
            engine.Forget(line);
        // A worker may be done with an order of which it was not sent everything; what it skips is sent all the same.
        if (IsInOutbox)
            return;
        if (Bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(Bytes);
        Bytes = [];
    }

    /// <summary>Hands a report of a worker on to its progress.</summary>
    /// <returns>The outcome of the call, if the report is one: what the progress threw, or the loss of a worker that reports what cannot be
    /// read.</returns>
    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "Whatever the user's code throws becomes the outcome of the call.")]
    internal Exception? Report(WorkerProcess worker, byte[] payload)
    {
        bool isRead = false;
        using var visit = CallerCulture.Enter(Task.Culture);
        try
        {
            var report = ProgressReport.Read(payload, Crossing, engine.Budget, Trust, ReadBy());
            isRead = true;
            report.HandOn();
            return null;
        }
        catch (Exception exception)
        {
            if (isRead || exception is ObjectNotMadeException)
                return exception;
            worker.Fault(exception);
            return worker.Lost(this, "after a report that cannot be read", exception);
        }
    }
}
