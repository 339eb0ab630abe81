using System.Diagnostics.CodeAnalysis;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Children;

/// <summary>One run of one child, from its order to its outcome.</summary>
internal sealed class ChildRecord : IChildEvents
{
    // A child that reports faster than its parent listens has to wait, rather than fill the parent's memory.
    private const int MostReportsWaiting = 1024;

    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly Call _call;
    private readonly Crossing _crossing;
    private readonly ChildBudget _budget = new();
    private readonly SerialQueue _reports = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Exception?> _exception;
    private CancellationTokenRegistration[] _registrations = [];
    private LiveChild? _child;
    private Action<LiveChild>? _pendingEnd;
    private ReadOnlyMemory<byte>? _answer;
    private ReadOnlyMemory<byte>? _failure;
    private Exception? _linkFailure;
    private Exception? _reportFailure;
    private int _reportsWaiting;
    private bool _hasReported;
    private bool _endWasWanted;

    internal ChildRecord(object owner, string name, Call call, Crossing crossing)
    {
        Owner = owner;
        _name = name;
        _call = call;
        _crossing = crossing;
        _exception = new Lazy<Exception?>(FindException);
    }

    /// <summary>The public object that stands for this child.</summary>
    internal object Owner { get; }

    internal int? Id { get; private set; }

    internal int? ExitCode { get; private set; }

    internal Task Ended => _ended.Task;

    /// <summary>What ended the target, once the child has ended.</summary>
    internal Exception? Exception => _ended.Task.IsCompleted ? _exception.Value : null;

    internal void Terminate() => End(static child => child.Terminate());

    internal void Kill() => End(static child => child.Signal(Constants.SIGKILL));

    /// <summary>The answer of a child that was started to give one.</summary>
    internal async Task<T> AnswerAsync<T>(SpawnRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(limit);
        try
        {
            await ProcessMonitor.Current.SpawnAsync(request).ConfigureAwait(false);
        }
        catch
        {
            OnNotStarted();
            throw;
        }
        using var timeout = clock.Token.UnsafeRegister(static record => ((ChildRecord)record!).Terminate(), this);
        using var cancel = cancellationToken.UnsafeRegister(static record => ((ChildRecord)record!).Terminate(), this);
        await Ended.ConfigureAwait(false);
        bool isLate = clock.IsCancellationRequested && _endWasWanted;
        if (_answer is { } answer && !isLate)
            return Results.As<T>(ReadAnswer(answer));
        if (_reportFailure is not null)
            throw _reportFailure;
        cancellationToken.ThrowIfCancellationRequested();
        if (isLate)
            throw new TaskTimeoutException(_call.Name, limit);
        throw _exception.Value ?? Lost("before it answered");
    }

    bool IChildEvents.IsBehind => Volatile.Read(ref _reportsWaiting) > MostReportsWaiting;

    void IChildEvents.OnSpawned(int id) => _crossing.HandOver(id);

    void IChildEvents.OnStarted(LiveChild child)
    {
        Action<LiveChild>? end;
        lock (_lock)
        {
            Id = child.Id;
            _child = child;
            end = _pendingEnd;
        }
        _registrations = [.. _crossing.Tokens.Select((token, index) =>
            token.UnsafeRegister(_ => child.Send(CancelFrame.For(index + 1)), null))];
        end?.Invoke(child);
    }

    /// <summary>It could not be started.</summary>
    internal void OnNotStarted() => _crossing.Release();

    void IChildEvents.OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Answer or FrameKind.Failure when _answer is not null || _failure is not null:
                throw ByteReader.Malformed("a second answer");
            case FrameKind.Answer:
                _answer = payload;
                break;
            case FrameKind.Failure:
                _failure = payload;
                break;
            case FrameKind.Report:
                _hasReported = true;
                Interlocked.Increment(ref _reportsWaiting);
                _reports.Post(() => Report(payload));
                break;
            default:
                throw ByteReader.Malformed($"a frame of kind {kind}");
        }
    }

    void IChildEvents.OnEnded(int? exitCode, Exception? linkFailure)
    {
        ExitCode = exitCode;
        _linkFailure = linkFailure;
        foreach (var registration in _registrations)
            registration.Unregister();
        _crossing.Release();
        // Reports come before the end that follows them.
        if (_hasReported)
            _reports.Post(_ended.SetResult);
        else
            _ended.SetResult();
    }

    private void End(Action<LiveChild> end)
    {
        LiveChild? child;
        lock (_lock)
        {
            _endWasWanted |= !_ended.Task.IsCompleted;
            child = _child;
            if (child is null)
                _pendingEnd += end;
        }
        if (child is not null)
            end(child);
    }

    private object? ReadAnswer(ReadOnlyMemory<byte> answer)
    {
        if (_call.ResultType == typeof(void))
            return null;
        try
        {
            return new GraphReader(new ByteReader(answer), new ChildTypes(_budget, _call.Types), Arrival.Nothing).ReadRoot(_call.ResultType);
        }
        catch (Exception exception)
        {
            throw Lost("after an answer that cannot be read", exception);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever the user's code throws becomes the outcome of the call.")]
    private void Report(ReadOnlyMemory<byte> payload)
    {
        if (Interlocked.Decrement(ref _reportsWaiting) == MostReportsWaiting)
            ProcessMonitor.Current.Wake();
        if (_reportFailure is not null)
            return;
        try
        {
            var bytes = new ByteReader(payload);
            int number = bytes.ReadNumber();
            if (number < 1 || number > _crossing.Progress.Count)
                throw ByteReader.Malformed($"a report to progress {number}");
            var (progress, type) = _crossing.Progress[number - 1];
            object? value = new GraphReader(bytes, new ChildTypes(_budget, [.. _call.Types, type]), Arrival.Nothing).ReadRoot(type);
            ProgressSink.Report(progress, type, value);
        }
        catch (Exception exception)
        {
            _reportFailure = exception;
            Terminate();
        }
    }

    private Exception? FindException()
    {
        if (_reportFailure is not null)
            return _reportFailure;
        if (_failure is { } failure)
            return ReadFailure(failure);
        if (_linkFailure is not null)
            return Lost("after it sent something unreadable", _linkFailure);
        return _answer is not null || _endWasWanted || ExitCode == 0 ? null : Lost("before its target returned");
    }

    private Exception ReadFailure(ReadOnlyMemory<byte> failure)
    {
        try
        {
            return FailureCodec.Read(failure, new ChildTypes(_budget, _call.Types), _name, Id ?? 0);
        }
        catch (InvalidDataException exception)
        {
            return Lost("after a failure that cannot be read", exception);
        }
    }

    private WorkerLostException Lost(string when, Exception? inner = null) =>
        new($"{_name} (process {Id}), running {_call.Name}, {ExitStatus.Describe(ExitCode)} {when}.", _call.Name, Id, ExitCode, inner);
}
