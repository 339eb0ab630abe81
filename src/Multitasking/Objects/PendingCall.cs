using Multitasking.Invocation;

namespace Multitasking.Objects;

/// <summary>A call that waits for its answer.</summary>
internal sealed class PendingCall
{
    private readonly ObjectClient _client;
    private readonly FaceTable _face;
    private readonly FaceMember? _member;
    private readonly CancellationToken[] _tokens;
    private readonly CancellationTokenRegistration[] _registrations;
    private readonly TaskCompletionSource<RingMessage>? _answered;
    private readonly object _gate = new();
    private bool _isWoken;
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
        IsWaitedFor = member?.Result is PresentResult;
        if (!IsWaitedFor)
            _answered = new TaskCompletionSource<RingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _registrations = new CancellationTokenRegistration[tokens.Length];
    }

    internal int Number { get; }

    internal string Name => _member?.Name ?? $"the start of {_face.Name}";

    /// <summary>Whether a thread waits for it, which reads answers itself where it can.</summary>
    internal bool IsWaitedFor { get; }

    internal bool IsDone => _answer is not null || _lost is not null;

    /// <summary>It has been sent: from now on it can be cancelled.</summary>
    internal void Watch()
    {
        for (int i = 0; i < _tokens.Length; i++)
        {
            int token = i;
            _registrations[i] = _tokens[i].UnsafeRegister(_ => _client.Cancel(Number, token), null);
        }
    }

    internal void Complete(RingMessage answer)
    {
        _answer = answer;
        _answered?.TrySetResult(answer);
        Wake();
    }

    internal void Fail(Exception lost)
    {
        _lost = lost;
        _answered?.TrySetException(lost);
        Wake();
    }

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
        try
        {
            _client.Await(this);
            // The same exception may go to several callers, so each gets his own.
            return _lost is null ? Read(_answer!) : throw _client.Lost(Name, _lost.InnerException);
        }
        finally
        {
            End();
        }
    }

    internal async Task<T> AnswerAsync<T>()
    {
        try
        {
            var answer = await _answered!.Task.ConfigureAwait(false);
            return (T)Read(answer)!;
        }
        finally
        {
            End();
        }
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
        foreach (var registration in _registrations)
            registration.Dispose();
        _client.Leave();
    }
}
