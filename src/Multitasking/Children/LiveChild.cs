using System.ComponentModel;
using System.Diagnostics;
using Multitasking.Interop;
using Multitasking.Transport;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>A process that was started and is not reaped yet: its link, its signals, and the steps by which it is ended.</summary>
internal sealed class LiveChild
{
    // How many frames of one child are heard before the next child's turn.
    private const int FairShare = 64;

    private readonly Lock _lock = new();
    private readonly SafeDescriptor _process;
    private readonly SafeDescriptor _link;
    private readonly FrameSource _source;
    private readonly Action _wake;
    private readonly SpawnRequest _request;
    private Stage _stage;
    private long _deadline;
    private bool _reaped;

    internal LiveChild(int id, SafeDescriptor process, SafeDescriptor link, SpawnRequest request, Action wake)
    {
        Id = id;
        _process = process;
        _link = link;
        _request = request;
        _wake = wake;
        _source = new FrameSource(link);
        Sink = new FrameSink(link);
        _deadline = request.Deadline ?? long.MaxValue;
    }

    /// <summary>The last step that was taken towards the child's end.</summary>
    private enum Stage
    {
        None,
        Asked,
        Terminated,
        Killed,
    }

    internal int Id { get; }

    internal bool IsDaemon => _request.IsDaemon;

    internal IChildEvents Events => _request.Events;

    internal FrameSink Sink { get; }

    internal int ProcessDescriptor => _process.Number;

    internal int LinkDescriptor => _link.Number;

    /// <summary>Whether the child's end of the link is open, as far as this side knows.</summary>
    internal bool LinkIsOpen { get; private set; } = true;

    internal Exception? LinkFailure { get; private set; }

    /// <summary>When the next step towards its end is due, in <see cref="Stopwatch"/> ticks.</summary>
    internal long Deadline
    {
        get
        {
            lock (_lock)
                return _deadline;
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
            if (_stage == Stage.None)
                TakeStep();
        _wake();
    }

    internal void Signal(int signal)
    {
        lock (_lock)
            SendSignal(signal);
    }

    /// <summary>Takes the step that is due, if one is.</summary>
    internal void Advance(long now)
    {
        lock (_lock)
            if (now >= _deadline)
                try
                {
                    TakeStep();
                }
                catch (Win32Exception)
                {
                    // A child that runs as somebody else now, and refuses this process' signals. It sees the link close at the latest.
                }
    }

    private void TakeStep()
    {
        _stage = _stage switch
        {
            Stage.None when _request.CanBeAsked => Stage.Asked,
            Stage.None or Stage.Asked => Stage.Terminated,
            _ => Stage.Killed,
        };
        _deadline = long.MaxValue;
        switch (_stage)
        {
            case Stage.Asked:
                Sink.Send(CancelFrame.ForAll);
                Schedule(_request.Grace);
                break;
            case Stage.Terminated:
                SendSignal(SIGTERM);
                Schedule(_request.Grace);
                break;
            default:
                SendSignal(SIGKILL);
                break;
        }
    }

    /// <summary>Hands on some of what has arrived: the other children wait meanwhile.</summary>
    internal void Receive() => Receive(FairShare);

    /// <summary>Hands on all that has arrived from a child that has ended.</summary>
    internal void ReceiveAll() => Receive(int.MaxValue);

    /// <summary>A child that sends nonsense is killed: it is not what this side started any more.</summary>
    private void Receive(int frames)
    {
        if (!LinkIsOpen)
            return;
        try
        {
            LinkIsOpen = _source.Receive(Events.OnFrame, frames);
        }
        catch (Exception exception)
        {
            LinkIsOpen = false;
            LinkFailure = exception;
            Signal(SIGKILL);
        }
        if (!LinkIsOpen)
            EndIfItLingers();
    }

    /// <summary>Takes the exit status, after which the number may belong to somebody else.</summary>
    /// <returns>Whether the process has ended.</returns>
    internal unsafe bool TryReap(out int? exitCode)
    {
        lock (_lock)
        {
            int status, result;
            do
                result = LibC.WaitForProcess(Id, &status, WNOHANG);
            while (result < 0 && SystemError.Last == EINTR);
            exitCode = result == Id ? ExitStatus.Decode(status) : null;
            // ECHILD: somebody in this process reaped it, or SIGCHLD was ignored again after the start.
            _reaped = result != 0;
            return _reaped;
        }
    }

    /// <summary>Closes this side's end: the child takes it for the end of its parent.</summary>
    internal void CutLink()
    {
        LinkIsOpen = false;
        if (LibC.Shutdown(_link.Number, SHUT_WR) != 0 && !_link.IsClosed)
            Signal(SIGKILL);
    }

    internal void Close()
    {
        Sink.Close();
        _link.Dispose();
        _process.Dispose();
    }

    /// <summary>The link ends with the process, give or take a core dump; one that lives on without it has replaced itself (exec).</summary>
    private void EndIfItLingers()
    {
        lock (_lock)
            if (_stage == Stage.None)
                _deadline = Math.Min(_deadline, In(TimeSpan.FromSeconds(5)));
    }

    private void Schedule(TimeSpan after) => _deadline = In(after);

    private static long In(TimeSpan time) => Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);

    private void SendSignal(int signal)
    {
        if (_reaped)
            return;
        // ESRCH: it has ended, and its exit status waits for the monitor. EPERM: it has become another user's, who alone can end it now.
        if (LibC.SystemCall(SYS_pidfd_send_signal, _process.Number, signal, 0, 0) < 0 && SystemError.Last is not (ESRCH or EPERM))
            throw SystemError.FromLast("pidfd_send_signal");
    }
}
