using System.Diagnostics;
using Multitasking.Invocation;
using Multitasking.Readers;

namespace Multitasking.Objects;

/// <summary>
/// A call that waits for its answer. The answer of a member that is not asynchronous is read by the thread that waits for it; any other,
/// and that of a call with a token, unless it is a few bytes to be copied, on a thread of its own, so that one which cannot be read delays
/// no other and ends with its token.
/// </summary>
internal sealed class PendingCall : IThreadPoolWorkItem
{
    private readonly ObjectClient _client;
    private readonly FaceTable _face;
    private readonly FaceMember? _member;
    private readonly CancellationToken[] _tokens;
    private readonly CancellationTokenRegistration[] _registrations;
    private readonly CallCompletion? _completion;
    private readonly object _gate = new();
    private bool _isWoken;
    private bool _isWatched;
    private bool _isOver;
    private volatile RingMessage? _answer;
    private volatile Exception? _lost;

    /// <param name="client">Who asks.</param>
    /// <param name="face">Of what.</param>
    /// <param name="member">Which member; <see langword="null"/> for whether the object is there.</param>
    /// <param name="number">What the other side calls it.</param>
    /// <param name="tokens">What cancels it.</param>
    internal PendingCall(ObjectClient client, FaceTable face, FaceMember? member, int number, CancellationToken[] tokens)
    {
        (_client, _face, _member, Number, _tokens) = (client, face, member, number, tokens);
        _completion = member is null ? new CallCompletion<object?>() : member.Result.NewCompletion();
        IsWaitedFor = _completion is null;
        if (IsWaitedFor && tokens.Length > 0 && !member!.Result.IsShort)
            _completion = new CallCompletion<object?>();
        _registrations = new CancellationTokenRegistration[tokens.Length];
    }

    internal int Number { get; }

    /// <summary>The cultures of its caller.</summary>
    internal CallerCulture? Culture { get; } = CallerCulture.Capture();

    internal string Name => _member?.Name ?? $"the start of {_face.Name}";

    /// <summary>Tells whether a thread waits for it, which reads answers itself where it can.</summary>
    internal bool IsWaitedFor { get; }

    internal bool IsDone => _answer is not null || _lost is not null;

    /// <summary>It has been sent: from now on it can be cancelled.</summary>
    internal void Watch()
    {
        for (int i = 0; i < _tokens.Length; i++)
        {
            int token = i;
            _registrations[i] = _tokens[i].UnsafeRegister(_ => OnCancelled(token), null);
        }
        bool isOver;
        lock (_gate)
            (_isWatched, isOver) = (true, _isOver);
        if (isOver)
            Unwatch();
    }

    /// <summary>The task that the caller of an asynchronous member awaits.</summary>
    internal Task<T> TaskOf<T>() => ((CallCompletion<T>)_completion!).Task;

    internal void Complete(RingMessage answer)
    {
        _answer = answer;
        if (IsWaitedFor)
            Wake();
        else if (_tokens.Length == 0 && _member?.Result.IsShort == true && answer.First == (byte)ReplyKind.Value)
            Conclude();
        else
            ReaderThreads.Run(this);
    }

    internal void Fail(Exception lost)
    {
        _lost = lost;
        if (IsWaitedFor)
            Wake();
        else
            ReaderThreads.Run(this);
    }

    void IThreadPoolWorkItem.Execute() => Conclude();

    /// <summary>Its thread may read answers now.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Sleeps until woken.</summary>
    internal void Sleep()
    {
        lock (_gate)
        {
            while (!_isWoken)
                Monitor.Wait(_gate);
            _isWoken = false;
        }
    }

    internal object? Wait()
    {
        _client.Await(this);
        if (_completion is null)
            return Outcome();
        ReaderThreads.Run(this);
        return TaskOf<object?>().GetAwaiter().GetResult();
    }

    /// <summary>Tells who awaits what became of it.</summary>
    private void Conclude()
    {
        Debug.Assert(_completion is not null);
        using var visit = CallerCulture.Enter(Culture);
        try
        {
            _completion.SetResult(Outcome());
        }
        catch (OperationCanceledException exception)
        {
            _completion.SetCanceled(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            _completion.SetException(exception);
        }
    }

    /// <summary>Once: afterwards this call is over.</summary>
    private object? Outcome()
    {
        try
        {
            // The same exception may go to several callers, so each gets his own.
            return _lost is null ? Read(_answer!) : throw _client.Lost(Name, _lost.InnerException);
        }
        finally
        {
            End();
        }
    }

    private void OnCancelled(int token)
    {
        // Whoever does not want it any more need not wait until it is read.
        if (_answer is not null)
            _completion?.SetCanceled(_tokens[token]);
        else
            _client.Cancel(Number, token);
    }

    private object? Read(RingMessage answer)
    {
        Func<Exception>? failure = null;
        object? value = null;
        try
        {
            (value, failure) = answer.Read(_face.Types(), ReadAnswer);
        }
        catch (InvalidDataException exception)
        {
            throw _client.Lost(Name, exception);
        }
        return failure is null ? value : throw failure();
    }

    private (object? Value, Func<Exception>? Failure) ReadAnswer(GraphReader reader)
    {
        var kind = (ReplyKind)reader.Bytes.ReadByte();
        _ = reader.Bytes.ReadNumber();
        switch (kind)
        {
            case ReplyKind.Ready:
                return default;
            case ReplyKind.Value:
                return (_member!.Result.Slot is { } slot ? reader.ReadRoot(slot) : null, null);
            case ReplyKind.Failure:
                var failure = FailureCodec.Read(RingMessage.Rest(reader), _face.Types(), _face.Name, _client.ProcessId);
                return (null, () => failure);
            case ReplyKind.Canceled:
                var token = _tokens.FirstOrDefault(static token => token.IsCancellationRequested);
                return (null, () => new OperationCanceledException(token));
            default:
                throw Transport.ByteReader.Malformed($"an answer of kind {kind}");
        }
    }

    private void End()
    {
        bool isWatched;
        lock (_gate)
            (_isOver, isWatched) = (true, _isWatched);
        // Else it was answered before it is watched, which whoever watches it finds.
        if (isWatched)
            Unwatch();
        _client.Leave();
    }

    private void Unwatch()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
