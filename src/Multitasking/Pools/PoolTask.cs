using System.Diagnostics;
using Multitasking.Diagnostics;
using Multitasking.Invocation;

namespace Multitasking.Pools;

/// <summary>
/// What a pool was asked for at once: one call, or a chunk of a map's calls of one target. Its calls are answered in their order, each
/// once.
/// </summary>
/// <remarks>
/// Whoever holds the task (the pool's queue, the worker it was given to) answers it, one at a time; only <see cref="IsOver"/> may be asked
/// by others.
/// </remarks>
internal abstract class PoolTask(Delegate target, int count, Intake intake, CancellationToken token)
{
    private readonly Intake _intake = intake;
    private int _answered;
    private volatile bool _isOver;
    private long _submitted;
    private CancellationTokenRegistration _registration;
    private int _deathsInFront;

    internal Delegate Target { get; } = target;

    /// <summary>How many calls it is made of.</summary>
    internal int Count { get; private protected set; } = count;

    /// <summary>How many of them have been answered; the number of the next one.</summary>
    internal int Answered => Volatile.Read(ref _answered);

    /// <summary>Tells whether all calls have been answered.</summary>
    internal bool IsAnswered => Answered == Count;

    /// <summary>Tells whether its caller has been told: it is done with.</summary>
    internal bool IsOver => _isOver;

    /// <summary>Cancels the whole of it.</summary>
    internal CancellationToken Token { get; } = token;

    /// <summary>How long its calls ran in the worker, in <see cref="System.Diagnostics.Stopwatch"/> ticks, as far as it told.</summary>
    internal long RunTicks { get; set; }

    /// <summary>How many times the next call was begun by a worker that was lost.</summary>
    internal int Losses { get; private set; }

    /// <summary>How much of <see cref="RunTicks"/> it took to read what its target captured.</summary>
    internal long HeadTicks { get; set; }

    /// <summary>What its target captured, where that was written down apart.</summary>
    internal virtual ICaptured? Captured => null;

    /// <summary>The pool's own notes on it; read and written under the pool's lock.</summary>
    internal object? State { get; set; }

    /// <summary>What flows along with the caller: activities, requests. A task that is written anew is written in it.</summary>
    internal ExecutionContext? Context { get; init; } = ExecutionContext.Capture();

    /// <summary>The cultures that its calls run in; <see langword="null"/> for the usual ones.</summary>
    internal CallerCulture? Culture { get; init; } = CallerCulture.Capture();

    /// <summary>What is known of the target.</summary>
    internal TargetInfo Info { get; } = TargetInfo.Of(target);

    /// <summary>What runs the calls in a worker process.</summary>
    internal abstract Runner Runner { get; }

    /// <summary>The index in the source of the call that is answered next; <see langword="null"/> for a single call.</summary>
    internal virtual long? ItemIndex => null;

    /// <summary>
    /// Tells whether each call's arguments are written behind their length, so that one that cannot be read does not take the others with
    /// it.
    /// </summary>
    internal virtual bool IsFramed => false;

    /// <summary>Writes the arguments of the calls from <see cref="Answered"/> on.</summary>
    internal abstract void Write(CallWriter writer);

    /// <summary>Makes the calls from a certain one on a task of their own, to be run elsewhere.</summary>
    internal virtual PoolTask SplitOff(int from) => throw new InvalidOperationException("One call cannot be split.");

    /// <summary>Checks results of a fixed size before they are taken, on whichever thread that will be.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such results.</exception>
    internal abstract void CheckFixed(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Takes results of a fixed size, each preceded by <see cref="AnswerTag.Value"/>; no more than there are calls without an answer.
    /// </summary>
    internal abstract void TakeFixed(ReadOnlySpan<byte> bytes);

    /// <summary>Takes one result.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a result.</exception>
    internal abstract void Take(CallReader reader);

    /// <summary>Reads one result, and takes it only when what is returned is called: its task may end while it is read.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a result.</exception>
    internal abstract Action<PoolTask> Read(CallReader reader);

    /// <summary>Runs the next call here, and answers it unless the run was given up. Does not throw.</summary>
    /// <param name="gate">Says whether to begin, and whether the outcome counts.</param>
    /// <param name="termination">The token for targets that take one and were given none.</param>
    internal abstract ValueTask RunNextAsync(IRunGate gate, CancellationToken termination);

    /// <summary>The next call failed.</summary>
    internal void Fail(Exception exception)
    {
        if (exception is MultitaskingException own)
            own.ItemIndex ??= ItemIndex;
        OnFailed(exception);
        Advance(1, exception switch
        {
            WorkerLostException => TaskOutcome.Lost,
            TaskTimeoutException => TaskOutcome.TimedOut,
            _ => TaskOutcome.Failed,
        });
    }

    /// <summary>The next call, and all after it, were cancelled.</summary>
    internal void CancelRest()
    {
        OnCancelled();
        Advance(Count - _answered, TaskOutcome.Cancelled);
    }

    /// <summary>The next call, and all after it, fail alike.</summary>
    internal void FailRest(Func<Exception> exception)
    {
        while (!IsAnswered)
            Fail(exception());
    }

    /// <summary>Notes when it was submitted, if anybody wants to know how long it waits.</summary>
    internal void NoteSubmitted()
    {
        if (PoolMeter.WantsQueueTimes)
            _submitted = Stopwatch.GetTimestamp();
    }

    /// <summary>A worker gets the calls that have not been answered.</summary>
    internal void NoteStarted(long now)
    {
        _intake.Meter.OnStarted(Count - _answered, _submitted, now);
        _submitted = 0;
    }

    /// <summary>The next call was begun by a worker that was lost, and is to be run again.</summary>
    internal void NoteRetry()
    {
        Losses++;
        _intake.Meter.OnRetried();
    }

    /// <summary>A worker was lost that had it in front, and had not begun the next call as far as it said.</summary>
    /// <returns>How many workers in a row.</returns>
    internal int NoteDeathInFront() => ++_deathsInFront;

    /// <summary>Tells its caller, when all calls have been answered and nothing else will be learned of it.</summary>
    internal void Finish()
    {
        _intake.Meter.OnRan(Count, RunTicks);
        _isOver = true;
        Interlocked.MemoryBarrier();
        _registration.Unregister();
        OnOver();
    }

    /// <summary>It was not accepted after all; nobody is told.</summary>
    internal void Reject()
    {
        _registration.Unregister();
        _intake.TakeBack(Count);
    }

    /// <summary>Has the pool told when <see cref="Token"/> is cancelled.</summary>
    internal virtual void CancelThrough(PoolEngine pool)
    {
        if (!Token.CanBeCanceled)
            return;
        _registration = Token.UnsafeRegister(static (state, _) => ((Cancellation)state!).Run(), new Cancellation(pool, this));
        Interlocked.MemoryBarrier();
        // It may have finished meanwhile without seeing the registration, which would hold it as long as the token lives.
        if (_isOver)
            _registration.Unregister();
    }

    private protected Intake Intake => _intake;

    protected abstract void OnFailed(Exception exception);

    protected abstract void OnCancelled();

    protected abstract void OnOver();

    /// <summary>Counts an answer that has been stored.</summary>
    protected void Advance(int answers = 1, TaskOutcome outcome = TaskOutcome.Completed)
    {
        _intake.Leave(answers, outcome);
        Losses = _deathsInFront = 0;
        Volatile.Write(ref _answered, _answered + answers);
    }

    private sealed record Cancellation(PoolEngine Pool, PoolTask Task)
    {
        internal void Run() => Pool.Cancel(Task);
    }
}
