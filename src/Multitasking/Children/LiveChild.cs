using System.Diagnostics;
using Multitasking.Interop;
using Multitasking.Transport;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>A process that was started and is not reaped yet: its link, its deadlines, and the steps by which it is ended.</summary>
internal sealed class LiveChild
{
    /// <summary>How long a child is waited for after SIGKILL. One that waits in the kernel ends when the kernel lets go of it.</summary>
    internal static TimeSpan LongestDeath { get; } = TimeSpan.FromSeconds(5);

    // The link ends with the process, give or take a core dump; one that lives on without it has replaced itself (exec).
    private static readonly TimeSpan s_longestWithoutLink = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pauseOfMemory = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_pauseOfLooking = TimeSpan.FromMilliseconds(20);

    // The last words of a child that has ended are tried for a second.
    private const int MostStalls = 100;

    // How many frames of one child are heard before the next child's turn.
    private const int FairShare = 64;

    private readonly Lock _lock = new();
    private readonly ProcessHandle _process;
    private readonly SafeDescriptor _link;
    private readonly FrameSource _source;
    private readonly Action _wake;
    private readonly SpawnRequest _request;
    private readonly Func<FrameKind, ReadOnlyMemory<byte>, bool> _onFrame;
    private Deadlines _deadlines = new();
    private EndStep _step;
    private Shortage _shortage;
    private int _heard;

    internal LiveChild(ProcessHandle process, SafeDescriptor link, SpawnRequest request, Action wake)
    {
        _process = process;
        _link = link;
        _request = request;
        _wake = wake;
        _source = new FrameSource(link);
        _onFrame = OnFrame;
        Sink = new FrameSink(link);
        Events = request.Events;
        _deadlines.Set(Due.Limit, request.Deadline ?? long.MaxValue);
        if (process.Descriptor < 0)
            _deadlines.Set(Due.Looking, Deadlines.In(s_pauseOfLooking));
    }

    internal int Id => _process.Id;

    /// <summary>The terminal that it shares with this process, if there is one.</summary>
    internal TerminalWatch? Terminal { get; init; }

    /// <summary>Tells whether this process waits for its end before its own.</summary>
    internal bool IsWaitedFor
    {
        get
        {
            lock (_lock)
                return _step != EndStep.GivenUp;
        }
    }

    internal bool IsDaemon => _request.IsDaemon;

    /// <summary>Tells whether this process may send it signals, as far as it has tried.</summary>
    internal bool TakesSignals { get; private set; } = true;

    internal IChildEvents Events { get; private set; }

    internal FrameSink Sink { get; }

    /// <summary>The descriptor to poll for its end; negative where that does not tell.</summary>
    internal int ProcessDescriptor => _process.Descriptor;

    internal int LinkDescriptor => _link.Number;

    /// <summary>Tells whether the child's end of the link is open, as far as this side knows.</summary>
    internal bool LinkIsOpen { get; private set; } = true;

    internal Exception? LinkFailure { get; private set; }

    /// <summary>The time at which something is due, in <see cref="Stopwatch"/> ticks.</summary>
    internal long Deadline
    {
        get
        {
            lock (_lock)
                return _deadlines.Next;
        }
    }

    internal void Send(ReadOnlyMemory<byte> frame)
    {
        if (!Sink.Send(frame))
            _wake();
    }

    /// <summary>Ends the child in bounded time: asks it if it can be asked, then SIGTERM, then SIGKILL, each a grace later.</summary>
    internal void Terminate()
    {
        lock (_lock)
            if (_step == EndStep.None)
                TakeStep();
        _wake();
    }

    /// <summary>Ends the child by SIGKILL.</summary>
    internal void Kill()
    {
        lock (_lock)
            KillCore();
        _wake();
    }

    /// <summary>Ends a child of which something is wrong: it is not what this side started any more.</summary>
    internal void Fail(Exception reason)
    {
        LinkIsOpen = false;
        LinkFailure ??= reason;
        lock (_lock)
            KillCore();
    }

    /// <summary>Ends a child whose start failed when it existed already. What becomes of it is told to nobody.</summary>
    internal void Disown()
    {
        Events = DeafEvents.Instance;
        Sink.Close();
        lock (_lock)
            KillCore();
    }

    /// <summary>Puts off what is due to the child for a time in which this process was stopped, and the child with it.</summary>
    internal void PutOff(long ticks)
    {
        lock (_lock)
        {
            _deadlines.PutOff(Due.Limit, ticks);
            _deadlines.PutOff(Due.Step, ticks);
            _deadlines.PutOff(Due.GivingUp, ticks);
        }
    }

    /// <summary>Does what is due.</summary>
    /// <param name="now">The time, in <see cref="Stopwatch"/> ticks.</param>
    /// <param name="hasHeardAll">
    /// Whether all was heard that it had sent by then: an answer that came in time counts, however late it is heard.
    /// </param>
    internal void Advance(long now, bool hasHeardAll)
    {
        bool isLate, isStuck;
        lock (_lock)
            if (_deadlines.TryTake(Due.Sending, now))
                Sink.Flush();
        if (Sink.Failure is { } failure && LinkFailure is null)
            Fail(failure);
        if (Sink.TakeRefusal())
            EndIfItLingers();
        lock (_lock)
        {
            isLate = hasHeardAll && _deadlines.TryTake(Due.Limit, now) && _step < EndStep.Killed;
            if (_deadlines.TryTake(Due.Step, now) || (isLate && _step == EndStep.None))
                TakeStep();
            isStuck = _deadlines.TryTake(Due.GivingUp, now);
            if (isStuck)
                _step = EndStep.GivenUp;
            if (Sink.IsStalled)
                _deadlines.Set(Due.Sending, Deadlines.In(s_pauseOfMemory));
        }
        if (isLate)
            Events.OnLimit();
        if (isStuck)
            Events.OnStuck();
    }

    private void TakeStep()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        switch (_step)
        {
            case EndStep.None when _request.CanBeAsked:
                _step = EndStep.Asked;
                Sink.Send(CancelFrame.ForAll);
                _deadlines.Set(Due.Step, Deadlines.In(_request.Grace));
                break;
            case EndStep.None or EndStep.Asked:
                _step = EndStep.Terminated;
                if (_process.TrySignal(SIGTERM))
                    _deadlines.Set(Due.Step, Deadlines.In(_request.Grace));
                else
                    KillCore();
                break;
            case EndStep.Terminated:
                KillCore();
                break;
        }
    }

    private void KillCore()
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        // Where one of the two has become another user's, the system takes no signal; the child ends by itself when the link does.
        if (!_process.TrySignal(SIGKILL))
        {
            TakesSignals = false;
            _ = LibC.Shutdown(_link.Number, SHUT_WR);
        }
        if (_step >= EndStep.Killed)
            return;
        _step = EndStep.Killed;
        _deadlines.Clear(Due.Step);
        _deadlines.Set(Due.GivingUp, Deadlines.In(LongestDeath));
    }

    /// <summary>Hands on some of what has arrived: the other children wait meanwhile.</summary>
    /// <returns>Whether that was all that is to be had now.</returns>
    internal bool Receive()
    {
        if (!LinkIsOpen || Events.IsBehind)
            return true;
        _heard = 0;
        var received = ReceiveCore();
        if (received == Received.End)
            EndIfItLingers();
        if (received == Received.Stalled)
            Bear();
        else
            _shortage.End();
        return received is Received.All or Received.End;
    }

    /// <summary>There is no memory to receive what has arrived, of whose coming <c>poll</c> tells again at once.</summary>
    private void Bear()
    {
        if (_shortage.IsBorne())
            Thread.Sleep(s_pauseOfMemory);
        else
            Fail(SystemError.From("recv", ENOMEM));
    }

    /// <summary>Hands on all that has arrived from a child that has ended.</summary>
    internal void ReceiveAll()
    {
        _heard = int.MinValue;
        for (int attempt = 1; LinkIsOpen && ReceiveCore() == Received.Stalled; attempt++)
        {
            if (attempt == MostStalls)
            {
                LinkFailure ??= SystemError.From("recv", ENOMEM);
                return;
            }
            Thread.Sleep(s_pauseOfMemory);
        }
    }

    /// <summary>A child that sends nonsense is killed.</summary>
    private Received ReceiveCore()
    {
        try
        {
            var received = _source.Receive(_onFrame);
            LinkIsOpen = received != Received.End;
            return received;
        }
        catch (Exception exception)
        {
            Fail(exception);
            return Received.All;
        }
    }

    private bool OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        Events.OnFrame(kind, payload);
        return ++_heard < 0 || (_heard < FairShare && !Events.IsBehind);
    }

    /// <summary>Takes the exit status if it has ended.</summary>
    /// <param name="isToldOf">Whether its descriptor told of its end.</param>
    /// <param name="now">The time, in <see cref="Stopwatch"/> ticks.</param>
    /// <param name="exitCode">How it ended.</param>
    internal bool TryReap(bool isToldOf, long now, out int? exitCode)
    {
        exitCode = null;
        if (!isToldOf)
            lock (_lock)
            {
                if (!_deadlines.TryTake(Due.Looking, now))
                    return false;
                _deadlines.Set(Due.Looking, Deadlines.In(s_pauseOfLooking));
            }
        return _process.TryReap(out exitCode);
    }

    /// <summary>Closes this side's end: the child takes it for the end of its parent.</summary>
    internal void CutLink()
    {
        LinkIsOpen = false;
        if (LibC.Shutdown(_link.Number, SHUT_WR) != 0 && !_link.IsClosed)
            Kill();
    }

    internal void Close()
    {
        Sink.Close();
        _link.Dispose();
        _process.Dispose();
    }

    private void EndIfItLingers()
    {
        lock (_lock)
            if (_step == EndStep.None)
                _deadlines.Set(Due.Step, Deadlines.In(s_longestWithoutLink));
    }
}
