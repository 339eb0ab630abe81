using System.Collections.Concurrent;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Messaging;

namespace Multitasking.Objects;

/// <summary>A process that calls, as the object's process knows it.</summary>
/// <param name="stamp">Which it is.</param>
/// <param name="trust">What it makes of answers.</param>
/// <param name="replies">Where its answers go.</param>
internal sealed class HomeClient(long stamp, Trust trust, MessageWriter replies) : IDisposable
{
    // How long one that does not take its answers may hold up the others, when there is no room for more. Then it is given up.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<int, CancellationTokenSource[]> _running = [];
    private readonly Queue<RingMessage> _heldBack = [];
    private volatile bool _isBehind;

    internal long Stamp => stamp;

    /// <summary>
    /// Tells whether a call of it is still read while those of others go on; this and what is held back meanwhile is in the hands of the
    /// <see cref="ReadingGuard"/>.
    /// </summary>
    internal bool IsBehind
    {
        get => _isBehind;
        set => _isBehind = value;
    }

    internal long HeldBackBytes { get; private set; }

    internal void HoldBack(RingMessage request)
    {
        _heldBack.Enqueue(request);
        HeldBackBytes += request.Length;
    }

    /// <returns><see langword="null"/> when nothing is held back.</returns>
    internal RingMessage? TakeHeldBack()
    {
        if (!_heldBack.TryDequeue(out var request))
            return null;
        HeldBackBytes -= request.Length;
        return request;
    }

    /// <summary>From now on a call can be cancelled.</summary>
    internal void Begin(int number, IReadOnlyList<CancellationTokenSource> tokens)
    {
        if (tokens.Count > 0)
            _running[number] = [.. tokens];
    }

    internal void Cancel(int number, int token)
    {
        if (_running.TryGetValue(number, out var tokens) && (uint)token < (uint)tokens.Length)
            // What hangs on it is the object's code, and not for the thread that reads calls.
            _ = tokens[token].CancelAsync();
    }

    internal void Answer(int number, FaceMember member, object? value)
    {
        try
        {
            Send(GraphMessage.Write("a result of a shared object", trust, (number, member, value), static (writer, answer) =>
            {
                WriteHead(writer, ReplyKind.Value, answer.number);
                if (answer.member.Result.Slot is { } slot)
                    writer.WriteRoot(slot, answer.value, static _ => "the result", 0);
            }));
        }
        catch (Exception exception)
        {
            // It cannot travel, or something in it throws when it is looked at.
            Fail(number, exception);
            return;
        }
        End(number);
    }

    internal void Fail(int number, Exception exception)
    {
        bool gaveWay = exception is OperationCanceledException && _running.TryGetValue(number, out var tokens) && tokens.Any(static token => token.IsCancellationRequested);
        Say(gaveWay ? ReplyKind.Canceled : ReplyKind.Failure, number, gaveWay ? null : exception);
        End(number);
    }

    internal void Say(ReplyKind kind, int number, Exception? exception = null) =>
        Send(GraphMessage.Write("an answer of a shared object", trust, (kind, number, exception, trust), static (writer, answer) =>
        {
            WriteHead(writer, answer.kind, answer.number);
            if (answer.exception is not null)
                FailureCodec.Write(writer.Bytes, answer.exception, answer.trust);
        }));

    /// <summary>It is gone, or wants nothing more: what still runs for it is asked to end.</summary>
    public void Dispose()
    {
        foreach (int number in _running.Keys)
            if (_running.TryGetValue(number, out var tokens))
                foreach (var token in tokens)
                    _ = token.CancelAsync();
        replies.Dispose();
    }

    private static void WriteHead(GraphWriter writer, ReplyKind kind, int number)
    {
        writer.Bytes.WriteByte((byte)kind);
        writer.Bytes.WriteNumber(number);
    }

    private void Send(GraphMessage message)
    {
        try
        {
            if (replies.Send(message, s_patience))
                return;
        }
        catch (Exception)
        {
            // Handled below.
        }
        // It has left meanwhile, has spoiled its ring, does not take its answers, or there is no memory for one. It sees the ring's
        // writer go, and its calls end; those of others go on.
        Dispose();
    }

    // The sources are left to the garbage collector: one may be cancelled at this moment.
    private void End(int number) => _running.TryRemove(number, out _);
}
