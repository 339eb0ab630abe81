using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Invocation.Shapes;
using Multitasking.Invocation.Trusting;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>
/// The tokens and progresses of its pool that a task refers to. One for all tasks of a worker, which run one after the other; what a task
/// leaves running in the background has no effect any more when it has ended.
/// </summary>
/// <param name="answers">Where reports go.</param>
/// <param name="cancellations">How many cancellations the pool has sent, in the memory that it shares with the worker.</param>
internal sealed unsafe class TaskArrival(AnswerStream answers, long* cancellations) : Arrival
{
    // What has been sent lies in the socket. Only a task that scribbled over the memory makes it tell of more.
    private static readonly TimeSpan s_longestWay = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly object _hearing = new();
    private long _heard;
    private readonly Dictionary<int, CancellationTokenSource> _sources = [];
    private readonly List<Early> _early = [];
    private long _task = -1;
    private bool _isOver = true;
    private CancellationTokenSource? _termination;
    private bool _isAsked;
    private bool _hasReports;
    private List<SafeDescriptor?> _descriptors = [];
    private readonly List<object> _kept = [];

    // The task that may report; -1 for none. Guarded by the lock of the answers.
    private long _reporting = -1;

    /// <summary>Tells whether somebody asked the task to end.</summary>
    internal bool IsAsked => Volatile.Read(ref _isAsked);

    /// <summary>What the pool makes for the task.</summary>
    internal Trust Pool { get; set; } = Trust.None;

    internal override bool HasReports => _hasReports;

    internal override CancellationToken Termination
    {
        get
        {
            lock (_lock)
            {
                _termination ??= new CancellationTokenSource();
                if (_isAsked)
                    _termination.Cancel();
                return _termination.Token;
            }
        }
    }

    internal override CancellationToken Token(int number, bool isCancelled)
    {
        lock (_lock)
        {
            if (!_sources.TryGetValue(number, out var source))
                _sources.Add(number, source = new CancellationTokenSource());
            if (isCancelled || _isAsked || IsEarly(_task, number))
                source.Cancel();
            return source.Token;
        }
    }

    internal override object Progress(Type value, int number)
    {
        _hasReports = true;
        lock (answers.Lock)
            _reporting = _task;
        return RemoteProgress.Create(value, number, new Reports(this, _task));
    }

    internal override SafeDescriptor? TakeDescriptor(int number, int sent)
    {
        if (number < 1 || number > _descriptors.Count)
            throw ByteReader.Malformed($"descriptor {number} of {_descriptors.Count}");
        var descriptor = _descriptors[number - 1];
        _descriptors[number - 1] = null;
        return descriptor;
    }

    internal override void Keep(object shared, SegmentLease lease, SharedSender sender)
    {
        lease.OutlivesWhatItHandsOut();
        _kept.Add(shared);
    }

    /// <summary>
    /// Tells whether a task left ends of channels behind that it did not dispose of: until they are collected, this process counts among
    /// those that use them.
    /// </summary>
    internal bool HasLeftShared { get; set; }

    /// <summary>Descriptors came with the task; those that nothing takes are closed at its end.</summary>
    internal void Bring(List<SafeDescriptor?> descriptors) => _descriptors = descriptors;

    internal void Begin(long task)
    {
        lock (_lock)
        {
            _task = task;
            _isOver = false;
            _isAsked = IsEarly(task, 0);
        }
    }

    internal void End()
    {
        if (_hasReports)
            lock (answers.Lock)
                _reporting = -1;
        _hasReports = false;
        foreach (var descriptor in _descriptors)
            descriptor?.Dispose();
        _descriptors.Clear();
        HasLeftShared |= _kept.Exists(static shared => SharedShape.RoleOf(shared) is not (null or 0));
        _kept.Clear();
        lock (_lock)
        {
            if (_early.Count > 0)
                _early.RemoveAll(early => early.Task <= _task);
            _isOver = true;
            _sources.Clear();
            _termination = null;
        }
    }

    /// <summary>The link has brought a cancellation.</summary>
    internal void Hear(long task, int token)
    {
        Cancel(task, token);
        lock (_hearing)
        {
            _heard++;
            Monitor.Pulse(_hearing);
        }
    }

    /// <remarks>
    /// The pool counts a cancellation when it has sent it. As a rule none is on its way, and that costs a look at a word that rarely
    /// changes.
    /// </remarks>
    internal override void HearCancellations()
    {
        long sent = Volatile.Read(ref *cancellations);
        if (sent == Volatile.Read(ref _heard))
            return;
        lock (_hearing)
            while (_heard < sent)
                if (!Monitor.Wait(_hearing, s_longestWay))
                    _heard = sent;
    }

    /// <summary>Cancels a token of a task, or all of them; the task may be still to come, or over.</summary>
    internal void Cancel(long task, int token)
    {
        lock (_lock)
        {
            if (task == _task && !_isOver)
                Cancel(token);
            else if (task > _task)
                _early.Add(new Early(task, token));
        }
    }

    private bool IsEarly(long task, int token) => _early.Count > 0 && _early.Contains(new Early(task, token));

    // Callbacks of the tokens run elsewhere: one that hangs must not deafen the thread that listens.
    private void Cancel(int token)
    {
        if (token > 0)
        {
            if (_sources.TryGetValue(token, out var one))
                _ = one.CancelAsync();
            else
                _early.Add(new Early(_task, token));
            return;
        }
        _isAsked = true;
        _ = _termination?.CancelAsync();
        foreach (var source in _sources.Values)
            _ = source.CancelAsync();
    }

    /// <summary>A cancellation that came before its task. A class: the runtime compiles a list of a struct anew in each worker.</summary>
    private sealed record Early(long Task, int Token);

    /// <summary>Reports of one task: what comes after its end is dropped.</summary>
    private sealed class Reports(TaskArrival arrival, long task) : IReports
    {
        public Trust Parent => arrival.Pool;

        public void Send(ByteWriter report) => arrival.Report(task, report);
    }

    private void Report(long task, ByteWriter report)
    {
        lock (answers.Lock)
        {
            if (_reporting != task)
                return;
            answers.WriteSized((byte)AnswerTag.Report, report.Payload);
            answers.Announce();
        }
    }
}
