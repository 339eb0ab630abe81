using System.Diagnostics;
using System.Runtime.CompilerServices;
using Multitasking.Diagnostics;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>A worker of a pool, inside: takes tasks until it is told to leave.</summary>
internal sealed unsafe class PoolHost
{
    private readonly byte* _memory;
    private readonly PoolHostOptions _options;
    private readonly TaskStream _tasks;
    private readonly AnswerStream _answers;
    private readonly TaskArrival _arrival;
    private readonly TaskRun _run;
    private readonly ByteReader _message;
    private readonly KnownTypes _types = new();
    private readonly List<KnownTarget> _targets = [];
    private readonly KeptCaptures _captures;
    private long _taskCount;
    private long _headTicks;
    private long _lastMemoryCheck;

    private readonly DescriptorReceiver _descriptors;

    // What a task finds that does not bring its own: what the initializer has left.
    private ExecutionContext _context = ExecutionContext.Capture()!;
    private CallerCulture? _usualCulture;

    private PoolHost(SharedBlock memory, SafeDescriptor socket, PoolHostOptions options)
    {
        var bell = new WorkerBell(socket);
        _descriptors = new DescriptorReceiver(socket);
        _memory = memory.Start;
        _options = options;
        _tasks = new TaskStream(WorkerMemory.Tasks(_memory), WorkerMemory.SpinTime(_memory), bell);
        _answers = new AnswerStream(WorkerMemory.Answers(_memory), bell);
        _arrival = new TaskArrival(_answers, WorkerMemory.Cancellations(_memory));
        _run = new TaskRun(_answers, _arrival);
        _message = _run.Arguments.Bytes;
        _captures = new KeptCaptures(_types);
    }

    /// <summary>The target of a worker process: what its pool starts it with.</summary>
    /// <param name="options">What it must know.</param>
    internal static void Run(PoolHostOptions options)
    {
        using var socket = Take(options.Socket);
        using var memory = Map(options.Memory);
        var host = new PoolHost(memory, socket, options);
        var lifeline = Lifeline.Current!;
        lifeline.TaskCancellation = host._arrival.Hear;
        using var lines = ConsoleLines.Redirect();
        using var signals = TerminalSignals.LetPass();
        if (options.HasInitializer)
            host.Initialize();
        lines.Flush();
        lifeline.Send(new ByteWriter().ToFrame(FrameKind.Ready));
        host.TakeTasks(lines);
    }

    /// <summary>Takes over a descriptor that the parent passed on, for this process alone.</summary>
    private static SafeDescriptor Take(int number)
    {
        var descriptor = new SafeDescriptor(number);
        descriptor.CloseToOthers();
        return descriptor;
    }

    private static SharedBlock Map(int number)
    {
        using var descriptor = Take(number);
        return SharedBlock.Map(number, WorkerMemory.Size);
    }

    /// <summary>
    /// Makes the call that stands before all tasks. It is read while it arrives, so that its pool has it once for all workers.
    /// </summary>
    private void Initialize()
    {
        _tasks.Next(_message);
        if ((TaskKind)_message.ReadByte() != TaskKind.Initializer)
            throw ByteReader.Malformed("a task before the initializer");
        var before = CallerCulture.CaptureDefaults();
        Call.Read(new GraphReader(_message, new ParentTypes(), new InitializerArrival())).Invoke(CancellationToken.None);
        _context = ExecutionContext.Capture() ?? _context;
        _usualCulture = CallerCulture.CaptureDefaults() is { } after && after != before ? after : null;
    }

    private void TakeTasks(ConsoleLines lines)
    {
        while (true)
        {
            // Calls that were taken back, and what follows an argument that cannot be read, are read by nobody.
            _message.SkipRest();
            if (_arrival.HasLeftShared && _tasks.IsEmpty)
                CollectShared();
            if (_captures.HasDroppedMuch && _tasks.IsEmpty)
                _captures.GiveBack();
            _tasks.Next(_message);
            switch ((TaskKind)_message.ReadByte())
            {
                case TaskKind.Type:
                    _types.Add(_message);
                    break;
                case TaskKind.Target:
                    _targets.Add(new KnownTarget(_message.Take(_message.Left).ToArray(), _types));
                    break;
                case TaskKind.Converter:
                    _types.Learn(_message);
                    break;
                case TaskKind.Run:
                    RunTask(lines);
                    break;
                case TaskKind.Captured:
                    _captures.Keep(_message);
                    break;
                case TaskKind.Drop:
                    _captures.Drop(_message.ReadNumber());
                    break;
                case TaskKind.Cancelled:
                    _arrival.Cancel(_taskCount, _message.ReadNumber());
                    break;
                case TaskKind.Leave:
                    return;
                case var other:
                    throw ByteReader.Malformed($"a message of kind {other}");
            }
        }
    }

    /// <summary>
    /// Others may wait for this process to let go of what its tasks have dropped, and it may have nothing to do for long.
    /// </summary>
    private void CollectShared()
    {
        _arrival.HasLeftShared = false;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }

    private void RunTask(ConsoleLines lines)
    {
        long begun = Stopwatch.GetTimestamp();
        long task = _taskCount++;
        long* startedAt = _options.TellsStarts ? WorkerMemory.StartedAt(_memory) : null;
        var target = _targets[_message.ReadNumber()];
        target.TryFind();
        var kind = (TaskMessage)_message.ReadByte();
        string? trace = (kind & TaskMessage.Traced) != 0 ? _message.ReadText() : null;
        int? captured = (kind & TaskMessage.Captured) != 0 ? _message.ReadNumber() : null;
        if ((kind & TaskMessage.Shares) != 0)
            _arrival.Bring(_descriptors.Receive(task));
        _arrival.Begin(task);
        _run.Begin(WorkerMemory.Slot(_memory, task), startedAt);
        _headTicks = 0;
        if (_run.TryClaim())
            Run(target, kind, trace, captured);
        ExecutionContext.Restore(_context);
        SynchronizationContext.SetSynchronizationContext(null);
        lines.Flush();
        _arrival.End();
        long now = Stopwatch.GetTimestamp();
        _run.End(now - begun, _headTicks, MemoryToTell(now));
        // Behind the answer, which does not wait for it.
        WorkerThread.Clean(now - begun, _tasks.IsEmpty);
    }

    private void Run(KnownTarget target, TaskMessage kind, string? trace, int? captured)
    {
        Delegate call;
        try
        {
            _run.Arguments.Begin(_types, _arrival);
            CallerCulture.EnterProcess((kind & TaskMessage.Cultured) == 0 ? _usualCulture : _run.Arguments.ReadCulture());
            _run.Pool = _arrival.Pool = target.PoolOf(_run.Arguments.Sent);
            call = captured is { } number ? ReadCaptured(target, number) : target.Read(_run.Arguments);
            _run.BeginItems((kind & TaskMessage.Framed) != 0);
        }
        catch (Exception exception)
        {
            // None of the calls can be made, and each of them fails for it.
            do
                _run.Fail(exception);
            while (_run.TryClaim());
            return;
        }
        if (trace is null)
            target.Runner.Run(_run, call);
        else
            RunTraced(target, call, trace);
    }

    private Delegate ReadCaptured(KnownTarget target, int number)
    {
        long begun = Stopwatch.GetTimestamp();
        var call = _captures.Read(target, number, _arrival, _run.Arguments.Sent);
        _headTicks = Stopwatch.GetTimestamp() - begun;
        return call;
    }

    /// <summary>Apart, because native code loads what a method names when it is entered.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunTraced(KnownTarget target, Delegate call, string trace)
    {
        // Where nobody listens in this process, what the target traces still belongs to its caller's trace.
        using var activity = Instruments.Source.StartActivity("Multitasking.Run", ActivityKind.Internal, trace)
            ?? new Activity("Multitasking.Run").SetParentId(trace).Start();
        target.Runner.Run(_run, call);
    }

    /// <returns>The resident memory in KiB where the pool wants to know it and some time has passed since it was told; else 0.</returns>
    private int MemoryToTell(long now)
    {
        if (!_options.TellsMemory || now - _lastMemoryCheck < Stopwatch.Frequency / 100)
            return 0;
        _lastMemoryCheck = now;
        return (int)Math.Min(int.MaxValue, Environment.WorkingSet >> 10);
    }
}
