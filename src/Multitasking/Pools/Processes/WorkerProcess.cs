using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Multitasking.Bootstrap;
using Multitasking.Children;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Readers;
using Multitasking.Transport;

namespace Multitasking.Pools.Processes;

/// <summary>
/// One process of a pool, seen from the pool: what it was given, what it answers, what is known of its state. Guarded by the pool's lock
/// where nothing else is said.
/// </summary>
internal sealed unsafe class WorkerProcess : IChildEvents
{
    private readonly ProcessEngine _engine;
    private readonly SharedBlock _memory;
    private readonly SafeDescriptor _memoryFile;
    private readonly SafeDescriptor _passing;
    private readonly DescriptorSender _descriptors;
    private readonly Order?[] _given = new Order?[WorkerMemory.SlotCount];
    private volatile bool _hasEnded;
    private long _nextNumber;
    private long _oldest;
    private long _hearing;
    private (long Number, int Begun, int Received) _place = (-1, 0, 0);
    private long _placeSince;
    private long _cancellations;

    private WorkerProcess(ProcessEngine engine, string name, SharedBlock memory, SafeDescriptor memoryFile)
    {
        var passing = SocketPair.CreateForMessages();
        _descriptors = new DescriptorSender(passing.Near);
        Bell = new BellListener(passing.Near);
        _passing = passing.Far;
        _memoryFile = memoryFile;
        _engine = engine;
        Name = name;
        Loss = new WorkerLoss(this, engine.Options.Initializer);
        _memory = memory;
        Sender = new TaskSender(WorkerMemory.Tasks(memory.Start), Fault);
        Orders = new OrderSender(this, engine.Vocabulary, _descriptors);
        Answers = new AnswerReader(WorkerMemory.Answers(memory.Start));
    }

    internal string Name { get; }

    /// <summary>The budget of its pool.</summary>
    internal ChildBudget Budget => _engine.Budget;

    /// <summary>By which it wakes the pool.</summary>
    internal BellListener Bell { get; }

    internal AnswerReader Answers { get; }

    /// <summary>Held while its answers are read; taken before the pool's lock.</summary>
    internal Lock Reading { get; } = new();

    internal LiveChild? Child { get; private set; }

    internal int? Id => Child?.Id;

    /// <summary>Tells whether it takes tasks.</summary>
    internal bool IsReady { get; set; }

    /// <summary>Tells whether it is given nothing more, and leaves when it has answered.</summary>
    internal bool IsLeaving { get; set; }

    /// <summary>Tells whether its end has been ordered.</summary>
    internal bool IsDoomed { get; set; }

    /// <summary>Tells whether its pool ended it before it was ready, because all that waited for it had failed.</summary>
    internal bool IsUnwanted { get; set; }

    /// <summary>An answer of which a part has arrived. Guarded by <see cref="Reading"/>.</summary>
    internal PartialAnswer? Partial { get; set; }

    /// <summary>The count of what it sent that nobody has read yet.</summary>
    internal Backlog Backlog { get; } = new();

    /// <summary>A message that it sent waits no longer.</summary>
    internal void LeaveBacklog(int bytes)
    {
        if (Backlog.Remove(bytes))
            _engine.Pump.Wake();
    }

    /// <summary>The time of the next step towards its end; <see cref="long.MaxValue"/> for never.</summary>
    internal long TerminateAt { get; set; } = long.MaxValue;

    /// <summary>The time at which it was last given something, or answered.</summary>
    internal long LastActive { get; set; }

    /// <summary>The time at which the order in front came there.</summary>
    internal long FrontSince { get; set; }

    /// <summary>The time of its start.</summary>
    internal long StartedAt { get; init; }

    /// <summary>How many calls it was given in all.</summary>
    internal long CallsGiven { get; private set; }

    /// <summary>How many orders it has that are not done with.</summary>
    internal int OrderCount => (int)(_nextNumber - _oldest);

    /// <summary>The order that it works on.</summary>
    internal Order? Front => _nextNumber > _oldest ? _given[_oldest & (WorkerMemory.SlotCount - 1)] : null;

    internal bool HasUnsent => Sender.HasUnsent;

    /// <summary>The way of messages to it.</summary>
    internal TaskSender Sender { get; }

    /// <summary>The way of orders to it, with what goes before them.</summary>
    internal OrderSender Orders { get; }

    /// <summary>
    /// Tells whether its memory is no longer there: nothing of it may be touched. Written under <see cref="Reading"/> and the pool's lock.
    /// </summary>
    internal bool IsGone { get; private set; }

    /// <summary>Tells whether the process is gone.</summary>
    internal bool HasEnded => _hasEnded;

    /// <summary>Tells whether it has sent nonsense: nothing that it says is listened to any more.</summary>
    internal bool IsFaulted { get; private set; }

    /// <summary>Makes what a worker needs, and has the monitor start it.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    internal static WorkerProcess Start(ProcessEngine engine, string name, long now)
    {
        var memory = SharedBlock.Create(name, WorkerMemory.Size);
        var worker = new WorkerProcess(engine, name, SharedBlock.Map(memory.Number, WorkerMemory.Size), memory) { StartedAt = now, LastActive = now };
        try
        {
            var options = new PoolHostOptions(
                memory.Number, worker._passing.Number, engine.Options.TaskTimeout is not null, engine.Options.MaxWorkerMemory is not null,
                engine.Initializer is not null);
            var call = Call.Of(PoolHost.Run, [options]);
            var identity = new WorkerIdentity(name, ThisWorker.NextPath(), IsDaemon: true);
            var (culture, crossing) = (CallerCulture.CaptureDefaults(), Crossing.None("an initializer"));
            var frame = InvokeMessage.ToFrame(SelfProgram.Current.Identity, identity, call, culture, wantsAnswer: true, crossing);
            var request = new SpawnRequest(worker, frame, IsDaemon: true)
            {
                Inherited = [memory, worker._passing, .. engine.InitializerCrossing.Descriptors()],
                Grace = engine.Options.TerminationGrace,
            };
            if (engine.Initializer is { } initializer)
                worker.Sender.Send(new MessagePart(initializer, 0, initializer.Length));
            _ = ProcessMonitor.SpawnAsync(request);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Gives it an order; <see cref="OrderCount"/> must be below <see cref="WorkerMemory.SlotCount"/>.</summary>
    internal void Give(Order order, long now)
    {
        if (OrderCount == 0)
            FrontSince = now;
        order.Worker = this;
        order.Number = _nextNumber;
        order.Received = 0;
        order.IsDone = order.IsInOutbox = false;
        CallsGiven += order.Count;
        order.Task.NoteStarted(now);
        LastActive = now;
        _given[order.Number & (WorkerMemory.SlotCount - 1)] = order;
        Volatile.Write(ref *WorkerMemory.Slot(_memory.Start, order.Number), (long)order.Count << 32);
        Volatile.Write(ref _nextNumber, order.Number + 1);
        Orders.Send(order);
    }

    /// <summary>
    /// Asks it to cancel a token that crossed with an order, or with 0 all of them. Before it begins its next call, it hears all that it
    /// was asked by then: who cancels first and lets the call begin afterwards finds it cancelled.
    /// </summary>
    internal void Cancel(Order order, int token)
    {
        Debug.Assert(!IsGone, "Its memory is there as long as it has orders.");
        Child?.Send(CancelFrame.For(order.Number, token));
        Volatile.Write(ref *WorkerMemory.Cancellations(_memory.Start), ++_cancellations);
    }

    /// <summary>Tells it that there will be nothing more.</summary>
    internal void Dismiss() => Sender.Send([(byte)TaskKind.Leave]);

    /// <summary>How many calls of an order it has begun, as its word says; no more than it was given.</summary>
    internal int Begun(Order order) => Math.Clamp((int)Volatile.Read(ref *WorkerMemory.Slot(_memory.Start, order.Number)), 0, order.Count);

    /// <summary>Takes back the calls of an order that it has not begun, but for the first <paramref name="keep"/> of the order.</summary>
    /// <returns>How many calls it keeps.</returns>
    internal int TakeBack(Order order, int keep = 0)
    {
        ref long slot = ref *WorkerMemory.Slot(_memory.Start, order.Number);
        long word = Volatile.Read(ref slot);
        // Between two attempts it can have begun a call, and there are no more calls than that.
        for (int attempts = 0; ; attempts++)
        {
            if (attempts > order.Count)
            {
                Fault(ByteReader.Malformed("a word of a task that changes without end"));
                return order.Count;
            }
            int kept = Math.Clamp(Math.Max((int)word, keep), 0, order.Count);
            long seen = Interlocked.CompareExchange(ref slot, ((long)kept << 32) | (uint)word, word);
            if (seen == word)
                return kept;
            word = seen;
        }
    }

    /// <summary>The last of its orders that could run elsewhere, as a whole or in part.</summary>
    internal Order? LastToSpare()
    {
        for (long number = _nextNumber - 1; number >= _oldest; number--)
        {
            var order = _given[number & (WorkerMemory.SlotCount - 1)]!;
            if (order.IsDetached || order.Reason != EndReason.None)
                continue;
            int begun = Begun(order);
            if ((begun == 0 && number > _oldest && !order.IsSpent) || order.Count - begun > 1)
                return order;
        }
        return null;
    }

    /// <summary>Takes back what it was given behind its present order and has not begun: its end shall take nobody with it.</summary>
    internal List<Order> TakeBackBehind()
    {
        var taken = new List<Order>();
        for (long number = _oldest + 1; number < _nextNumber; number++)
        {
            var order = _given[number & (WorkerMemory.SlotCount - 1)]!;
            if (order.IsDetached || order.IsSpent || order.IsInOutbox || order.Reason != EndReason.None || TakeBack(order) > 0)
                continue;
            Replace(order, order.Ghost());
            taken.Add(order);
        }
        return taken;
    }

    /// <summary>Since when an order has stood where it stands, as far as this side has looked.</summary>
    internal long StandsSince(Order order, int begun, long now)
    {
        var place = (order.Number, begun, order.Received);
        if (place != _place)
            (_place, _placeSince) = (place, now);
        return _placeSince;
    }

    /// <summary>Sleeps until it answers, or a moment has passed. For a caller who watches its answers.</summary>
    /// <returns>True.</returns>
    internal bool SleepForAnswer()
    {
        bool isHeld = false;
        try
        {
            _memory.DangerousAddRef(ref isHeld);
            Answers.Sleep();
        }
        catch (ObjectDisposedException)
        {
            // It has ended.
        }
        finally
        {
            if (isHeld)
                _memory.DangerousRelease();
        }
        return true;
    }

    /// <summary>The time at which it began its present call, as it says.</summary>
    internal long CallStartedAt => Volatile.Read(ref *WorkerMemory.StartedAt(_memory.Start));

    /// <summary>How long it may look for work before it sleeps, in microseconds.</summary>
    internal void SetSpinTime(int microseconds) => Volatile.Write(ref *WorkerMemory.SpinTime(_memory.Start), microseconds);

    /// <summary>The order whose answers are heard. Guarded by <see cref="Reading"/>.</summary>
    internal Order? Heard => _hearing < Volatile.Read(ref _nextNumber) ? _given[_hearing & (WorkerMemory.SlotCount - 1)] : null;

    /// <summary>Orders that are done with and are about to be concluded. Guarded by <see cref="Reading"/>.</summary>
    internal List<Order> Ended { get; } = [];

    /// <summary>How much memory it holds, as it told last.</summary>
    internal long Memory { get; set; }

    /// <summary>Tells whether the end of an order was heard that still counts as given.</summary>
    internal bool HasHeard => _hearing > _oldest;

    internal void NextToHear() => _hearing++;

    internal void TellOfEnded() => _engine.OnOrdersEnded(this);

    /// <summary>Takes away an order whose end was heard.</summary>
    internal bool TryRemoveHeard([NotNullWhen(true)] out Order? order)
    {
        order = null;
        if (!HasHeard)
            return false;
        ref var place = ref _given[_oldest & (WorkerMemory.SlotCount - 1)];
        (order, place) = (place!, null);
        _oldest++;
        return true;
    }

    /// <summary>
    /// Tells whether a task is better given to this one than to another, both idle: one whose code is compiled, and whose memory was
    /// touched last.
    /// </summary>
    internal bool IsWarmerThan(WorkerProcess other) =>
        OrdersDone > 0 == other.OrdersDone > 0 ? LastActive > other.LastActive : OrdersDone > 0;

    /// <summary>It is not what this side started any more.</summary>
    internal void Fault(Exception exception)
    {
        Loss.Note(exception);
        IsFaulted = IsLeaving = true;
        Child?.Kill();
    }

    /// <summary>How many orders it has done with.</summary>
    internal long OrdersDone => _oldest;

    /// <summary>All that is known of its end.</summary>
    internal WorkerLoss Loss { get; }

    /// <summary>Makes the exception of a call that it was running.</summary>
    internal WorkerLostException Lost(Order order, string when, Exception? inner = null) => Loss.Of(order, when, inner);

    /// <summary>The orders it was given and has not done with, the oldest first.</summary>
    internal List<Order> Unfinished()
    {
        var orders = new List<Order>();
        for (long number = _oldest; number < _nextNumber; number++)
            orders.Add(_given[number & (WorkerMemory.SlotCount - 1)]!);
        return orders;
    }

    /// <summary>Has its caller's order replaced by one that nobody waits for: it runs elsewhere.</summary>
    internal void Replace(Order order, Order ghost)
    {
        ghost.Worker = this;
        ghost.Number = order.Number;
        _given[order.Number & (WorkerMemory.SlotCount - 1)] = ghost;
        order.Worker = null;
    }

    void IChildEvents.OnSpawned(int id) => _engine.InitializerCrossing.Enroll(id);

    void IChildEvents.OnStarted(LiveChild child)
    {
        _memoryFile.Dispose();
        _passing.Dispose();
        Child = child;
        _engine.Pump.Wake();
    }

    bool IChildEvents.IsBehind => false;

    void IChildEvents.OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Ready:
                _engine.OnReady(this);
                break;
            case FrameKind.Failure:
                Loss.Note(payload);
                break;
            case FrameKind.Answer:
                // The worker leaves in good order.
                break;
            default:
                throw ByteReader.Malformed($"a frame of kind {kind}");
        }
    }

    void IChildEvents.OnLimit()
    {
        // The pool has limits of its own.
    }

    void IChildEvents.OnStuck()
    {
        string what = StuckProcess.Describe(Child!);
        Loss.NoteStuck(what);
        _engine.OnStuck(this, what);
        OnOver();
        // Last: whoever listens to it may throw.
        _engine.Meter.OnStuck(Id, 1);
    }

    void IChildEvents.OnEnded(int? exitCode, Exception? linkFailure)
    {
        Loss.ExitCode = exitCode;
        Loss.Note(linkFailure);
        if (Loss.IsStuck)
            _engine.OnStuckEnded(this);
        OnOver();
        if (Loss.IsStuck)
            _engine.Meter.OnStuck(Id, -1);
    }

    void IChildEvents.OnNotStarted(Exception why)
    {
        Loss.Note(why);
        OnOver();
    }

    private void OnOver()
    {
        _hasEnded = true;
        _engine.Pump.Wake();
    }

    internal void Dispose()
    {
        IsGone = true;
        _memoryFile.Dispose();
        _memory.Dispose();
        _passing.Dispose();
        _descriptors.Close();
    }
}
