using System.Diagnostics;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Messaging;
using Multitasking.Readers;
using Multitasking.SharedMemory;

namespace Multitasking.Objects;

/// <summary>
/// One process' side of a shared object: where its calls go, where answers come, and which calls wait. There while it has a proxy or a call
/// is under way. Answers are read by a thread that waits for one, where there is such a thread; else by one of the library's own, never by
/// the shared thread pool: its threads may all be blocked by callers.
/// </summary>
internal sealed class ObjectClient : IThreadPoolWorkItem
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<Guid, ObjectClient> s_clients = [];

    private readonly Lock _lock = new();
    private readonly MessageWriter _requests;
    private readonly long _home;
    private readonly long _id = Random.Shared.NextInt64();
    private readonly Dictionary<int, PendingCall> _pending = [];
    private MessageReader? _replies;
    private Exception? _failure;
    private int _users = 1;
    private int _lastNumber;
    private int _asyncCount;
    private bool _isLost;
    private bool _isRead;
    private bool _isReadingDue;

    private ObjectClient(SegmentLease requests, long home) => (_requests, _home) = (new MessageWriter(requests), home);

    internal int ProcessId => ProcessStamp.IdOf(_home);

    internal SharedReference Reference => new(_requests.Lease, _requests.Lease.Segment.Core<ChannelCore>().Capacity, _home);

    /// <summary>The client of this process, with one user more.</summary>
    /// <param name="requests">A share in the ring of calls; the client's from now on.</param>
    /// <param name="home">The object's process.</param>
    internal static ObjectClient Join(SegmentLease requests, long home)
    {
        lock (s_lock)
        {
            if (s_clients.TryGetValue(requests.Segment.Id, out var known) && known.TryEnter())
            {
                requests.Dispose();
                return known;
            }
            return s_clients[requests.Segment.Id] = new ObjectClient(requests, home);
        }
    }

    /// <summary>One user more, if there is one still.</summary>
    internal bool TryEnter()
    {
        lock (_lock)
        {
            if (_users == 0)
                return false;
            _users++;
            return true;
        }
    }

    /// <summary>One user less; with the last of them this process has nothing to do with the object any more.</summary>
    internal void Leave()
    {
        lock (_lock)
            if (--_users > 0)
                return;
        lock (s_lock)
            if (s_clients.TryGetValue(_requests.Lease.Segment.Id, out var known) && known == this)
                s_clients.Remove(_requests.Lease.Segment.Id);
        if (_replies is not null && !_isLost)
            Send(RequestKind.Leave, static (_, _) => { });
        _replies?.Dispose();
        _requests.Dispose();
    }

    /// <summary>Begins a call, for which its maker has entered; it leaves when it ends.</summary>
    internal PendingCall Call(FaceTable face, FaceMember? member, object?[] arguments)
    {
        PendingCall call;
        GraphMessage? message = null;
        try
        {
            int number = member is null ? 0 : Interlocked.Increment(ref _lastNumber);
            var tokens = member?.TokensOf(arguments) ?? [];
            call = new PendingCall(this, face, member, number, tokens);
            if (member is not null)
                message = Write(RequestKind.Call, face.Trust, (number, member, arguments, call.Culture), static (writer, call) =>
                {
                    writer.Bytes.WriteNumber(call.number);
                    writer.Bytes.WriteNumber(call.member.Index);
                    CallerCulture.Write(writer, call.Culture);
                    call.member.Write(writer, call.arguments);
                });
            Begin(call);
        }
        catch
        {
            message?.End(wasSent: false);
            Leave();
            throw;
        }
        // From here on whoever waits for the call learns what becomes of it, and leaves.
        if (message is null || Send(message))
            call.Watch();
        return call;
    }

    /// <summary>Waits for a call on this thread.</summary>
    internal void Await(PendingCall call)
    {
        while (!call.IsDone)
            if (TryBeginReading())
                ReadFor(call);
            else
                call.Sleep();
    }

    internal void Cancel(int number, int token)
    {
        // The call itself keeps this client alive until its registrations are gone.
        Send(RequestKind.Cancel, (writer, _) =>
        {
            writer.Bytes.WriteNumber(number);
            writer.Bytes.WriteNumber(token);
        });
    }

    internal WorkerLostException Lost(string what, Exception? inner = null) => new(
        $"Process {ProcessId}, in which a shared object lives, ended or broke off before it answered {what}. Whether it was carried out is not known. Start another with SharedObject.StartAsync.",
        what, ProcessId, null, inner);

    private void Begin(PendingCall call)
    {
        lock (_lock)
        {
            if (_replies is null && !_isLost)
                Connect();
            if (_isLost)
                throw Lost(call.Name, _failure);
            _pending.Add(call.Number, call);
            _asyncCount += call.IsWaitedFor ? 0 : 1;
            if (!_isRead)
                SeeToReading();
        }
    }

    /// <summary>Under the lock: tells the object's process where answers go.</summary>
    private void Connect()
    {
        var replies = new MessageReader(MessageRing.Create(), _requests.Lease.Segment.Core<ChannelCore>().Membership);
        var membership = replies.Lease.Segment.Core<ChannelCore>().Membership;
        // Its death counts from now on, whether the message reaches it or not.
        if (ProcessStamp.TryOf(ProcessId) != _home || !membership.TryEnroll(ProcessId, ChannelCore.WriterRole))
        {
            replies.Dispose();
            _isLost = true;
            return;
        }
        _replies = replies;
        Send(RequestKind.Join, (writer, _) =>
        {
            writer.Bytes.WriteBlock(BitConverter.GetBytes(ProcessStamp.Own));
            writer.WriteRoot(typeof(RingEnd), new RingEnd(replies.Lease, isEnrolled: true), "replies");
        });
    }

    private void Send(RequestKind kind, Action<GraphWriter, int> write) => Send(Write(kind, Trust.None, 0, write));

    private bool Send(GraphMessage message)
    {
        try
        {
            return _requests.Send(message, Timeout.InfiniteTimeSpan);
        }
        catch (Exception exception)
        {
            FailAll(exception);
            return false;
        }
    }

    private GraphMessage Write<TState>(RequestKind kind, Trust home, TState state, Action<GraphWriter, TState> write) =>
        GraphMessage.Write("a call of a shared object", home, (Kind: kind, Id: _id, State: state, Write: write), static (writer, message) =>
        {
            writer.Bytes.WriteByte((byte)message.Kind);
            writer.Bytes.WriteBlock(BitConverter.GetBytes(message.Id));
            message.Write(writer, message.State);
        });

    private bool TryBeginReading()
    {
        lock (_lock)
            return !_isRead && (_isRead = true);
    }

    private void ReadFor(PendingCall call)
    {
        try
        {
            while (!call.IsDone)
                Deliver(_replies!.Read());
        }
        catch (Exception exception)
        {
            FailAll(exception);
        }
        EndReading();
    }

    /// <summary>
    /// Under the lock: somebody has to read for calls that no thread waits for. Until a reader comes to it, a thread that waits may.
    /// </summary>
    private void SeeToReading()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        if (_asyncCount == 0 || _isReadingDue)
            return;
        _isReadingDue = true;
        ReaderThreads.Run(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_lock)
        {
            _isReadingDue = false;
            if (_isRead || _asyncCount == 0)
                return;
            _isRead = true;
        }
        try
        {
            while (Volatile.Read(ref _asyncCount) > 0)
                Deliver(_replies!.Read());
        }
        catch (Exception exception)
        {
            FailAll(exception);
        }
        EndReading();
    }

    private void EndReading()
    {
        PendingCall? next;
        lock (_lock)
        {
            _isRead = false;
            next = _pending.Values.FirstOrDefault(static call => call.IsWaitedFor);
            if (next is null)
                SeeToReading();
        }
        next?.Wake();
    }

    private void Deliver(RingMessage? answer)
    {
        if (answer is null)
        {
            if (_replies!.IsForsaken)
                FailAll(null);
            else if (_replies.IsRefused)
                ConnectAnew();
            return;
        }
        int number = answer.Peek(1);
        PendingCall? call;
        lock (_lock)
            if (_pending.Remove(number, out call) && !call.IsWaitedFor)
                _asyncCount--;
        if (call is null)
            answer.Drop();
        else
            call.Complete(answer);
    }

    /// <summary>The object's process could not take this one in, and so answers none of its calls. The next one tries again.</summary>
    private void ConnectAnew()
    {
        FailAll(new IOException("The process of the shared object has no descriptor or memory left to take in another one that calls it."));
        lock (_lock)
        {
            _replies!.Dispose();
            (_replies, _isLost) = (null, false);
        }
    }

    private void FailAll(Exception? failure)
    {
        PendingCall[] lost;
        lock (_lock)
        {
            _isLost = true;
            _failure = failure;
            lost = [.. _pending.Values];
            _pending.Clear();
            _asyncCount = 0;
        }
        foreach (var call in lost)
            call.Fail(Lost(call.Name, failure));
    }
}
