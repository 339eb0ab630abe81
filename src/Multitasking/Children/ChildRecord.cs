using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Children;

/// <summary>One run of one child, from its order to its outcome.</summary>
internal sealed class ChildRecord : IChildEvents
{
    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly Call _call;
    private readonly Crossing _crossing;
    private readonly Trust _trust;
    private readonly CallerCulture? _culture;
    private readonly ChildBudget _budget = new();
    private readonly ReportReader _reports;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Exception?> _exception;
    private CancellationTokenRegistration[] _registrations = [];
    private LiveChild? _child;
    private Action<LiveChild>? _pendingEnd;
    private Action? _whenEnded;
    private Action<Exception>? _whenNotStarted;
    private ReadOnlyMemory<byte>? _answer;
    private ReadOnlyMemory<byte>? _failure;
    private Exception? _linkFailure;
    private long _readBy = long.MaxValue;
    private volatile Exception? _reportFailure;
    private volatile bool _endWasWanted;
    private volatile bool _isLate;
    private volatile bool _isStuck;
    private volatile bool _isReaped;

    internal ChildRecord(object owner, string name, Call call, CallerCulture? culture, Crossing crossing)
    {
        Owner = owner;
        _name = name;
        _call = call;
        _culture = culture;
        _crossing = crossing;
        _trust = call.Trust.With(crossing.Sent);
        _reports = new ReportReader(_trust, crossing, _budget, culture, OnReportFailure);
        _exception = new Lazy<Exception?>(FindException);
    }

    /// <summary>The public object that stands for this child.</summary>
    internal object Owner { get; }

    internal int? Id { get; private set; }

    internal int? ExitCode { get; private set; }

    /// <summary>Completes when the process has ended, or is waited for no longer because SIGKILL does not end it.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Tells whether the process is there.</summary>
    internal bool IsAlive => !(_isStuck ? _isReaped : _ended.Task.IsCompleted);

    /// <summary>The exception that ended the target, once the child has ended.</summary>
    internal Exception? Exception => _ended.Task.IsCompleted ? _exception.Value : null;

    internal void Terminate() => End(static child => child.Terminate());

    internal void Kill() => End(static child => child.Kill());

    /// <summary>Starts the child, and brings its answer.</summary>
    internal Task<T> AnswerAsync<T>(SpawnRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        var answer = new PendingAnswer<T>(this, limit, cancellationToken);
        _whenEnded = answer.Conclude;
        _whenNotStarted = answer.Fail;
        _reports.Deadline = answer.Deadline;
        ProcessMonitor.SpawnAsync(request with { Deadline = answer.Deadline });
        return answer.Task;
    }

    /// <summary>Why there is no answer, once the child has ended; <see langword="null"/> where there is one.</summary>
    /// <param name="limit">How long it might take.</param>
    /// <param name="deadline">When what it sent has to be read at the latest, in stopwatch ticks.</param>
    /// <param name="cancellationToken">Ended it.</param>
    internal Exception? WhyNoAnswer(TimeSpan limit, long deadline, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _readBy, deadline);
        // One that sent nonsense, a second answer perhaps, is not believed in its first either.
        if (_answer is not null && !_isLate && _linkFailure is not InvalidDataException)
            return null;
        if (_reportFailure is { } failure)
            return OfReport(failure);
        if (cancellationToken.IsCancellationRequested)
            return new OperationCanceledException(cancellationToken);
        return _isLate ? TimedOut(limit) : _exception.Value ?? Lost("before it answered");
    }

    internal TaskTimeoutException TimedOut(TimeSpan limit) =>
        new(_call.Name, limit, _isStuck && !_isReaped ? StuckProcess.Describe(_child!) : "it was ended");

    /// <summary>The answer of a child that gave one.</summary>
    /// <param name="deadline">When it has to be read at the latest, in stopwatch ticks.</param>
    internal T ReadAnswer<T>(long deadline)
    {
        if (_call.ResultType == typeof(void))
            return Results.As<T>(null);
        using var visit = CallerCulture.Enter(_culture);
        try
        {
            var reader = new GraphReader(new ByteReader(_answer!.Value), new ChildTypes(_budget, _trust, deadline), Arrival.Nothing);
            return Results.As<T>(reader.ReadRoot(_call.ResultType));
        }
        catch (Exception exception) when (exception is not ObjectNotMadeException)
        {
            throw Lost("after an answer that cannot be read", exception);
        }
    }

    bool IChildEvents.IsBehind => _reports.IsFull;

    void IChildEvents.OnNotStarted(Exception why)
    {
        _crossing.Release();
        _whenNotStarted?.Invoke(why);
    }

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
        var tokens = _crossing.Tokens;
        if (tokens.Count > 0)
            _registrations = new CancellationTokenRegistration[tokens.Count];
        for (int i = 0; i < tokens.Count; i++)
        {
            int number = i + 1;
            _registrations[i] = tokens[i].UnsafeRegister(_ => child.Send(CancelFrame.For(number)), null);
        }
        end?.Invoke(child);
    }

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
                _reports.Add(payload);
                break;
            default:
                throw ByteReader.Malformed($"a frame of kind {kind}");
        }
    }

    void IChildEvents.OnLimit() => _isLate = _endWasWanted = true;

    void IChildEvents.OnStuck()
    {
        _isStuck = true;
        Complete();
    }

    void IChildEvents.OnEnded(int? exitCode, Exception? linkFailure)
    {
        ExitCode = exitCode;
        _linkFailure = linkFailure;
        _isReaped = true;
        foreach (var registration in _registrations)
            registration.Unregister();
        _crossing.Release();
        // Reports come before the end that follows them, unless the end was ordered: a progress that does not return must not keep it.
        if (_reports.HasAny && !_endWasWanted)
            _reports.Then(Complete);
        else
            Complete();
    }

    private void Complete()
    {
        if (_ended.TrySetResult())
            _whenEnded?.Invoke();
    }

    private void OnReportFailure(Exception exception)
    {
        _reportFailure = exception;
        Terminate();
    }

    private void End(Action<LiveChild> end)
    {
        LiveChild? child;
        bool isReaped;
        lock (_lock)
        {
            isReaped = _isReaped;
            _endWasWanted |= !isReaped;
            child = _child;
            if (child is null)
                _pendingEnd += end;
        }
        // Only its reports are left, and nothing waits for those now.
        if (isReaped)
            Complete();
        else if (child is not null)
            end(child);
    }

    private Exception? FindException()
    {
        if (_reportFailure is { } ofReport)
            return OfReport(ofReport);
        if (_failure is { } failure)
            return ReadFailure(failure);
        if (_linkFailure is not null)
        {
            string when = _linkFailure is InvalidDataException ? "after it sent something unreadable" : "after its link failed";
            return Lost(when, _linkFailure);
        }
        if (_isStuck && !_isReaped)
            return GivenUp();
        return _answer is not null || _endWasWanted || ExitCode == 0 ? null : Lost("before its target returned");
    }

    private Exception OfReport(Exception failure) => _reports.HasUnreadable ? Lost("after a report that cannot be read", failure) : failure;

    private Exception ReadFailure(ReadOnlyMemory<byte> failure)
    {
        try
        {
            return FailureCodec.Read(failure, new ChildTypes(_budget, _trust, Volatile.Read(ref _readBy)), _name, Id ?? 0);
        }
        catch (Exception exception)
        {
            return Lost("after a failure that cannot be read", exception);
        }
    }

    private WorkerLostException GivenUp() =>
        new($"{_name}, running {_call.Name}, was given up: {StuckProcess.Describe(_child!)}.", _call.Name, Id, exitCode: null);

    private WorkerLostException Lost(string when, Exception? inner = null) =>
        new($"{_name} (process {Id}), running {_call.Name}, {ExitStatus.Describe(ExitCode)} {when}.", _call.Name, Id, ExitCode, inner);
}
