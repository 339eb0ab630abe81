using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Multitasking.Interop;
using Multitasking.Transport;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>
/// The one thread that starts, hears and reaps all children of this process. It never ends, which the children's parent-death
/// signal needs; it is a foreground thread exactly while a non-daemon child lives, which makes the main process wait for it.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as the process.")]
internal sealed class ProcessMonitor
{
    private static readonly Lock s_creation = new();
    private static volatile ProcessMonitor? s_current;

    private readonly Lock _lock = new();
    private readonly List<LiveChild> _children = [];
    private readonly Queue<Action> _requests = new();
    private readonly Doorbell _doorbell = new();
    private readonly Thread _thread;
    private LiveChild[] _polled = [];
    private PollDescriptor[] _descriptors = new PollDescriptor[16];
    private TaskCompletionSource? _changed;

    private ProcessMonitor()
    {
        KeepExitStatuses();
        _thread = new Thread(Run, 256 << 10) { Name = "Multitasking.ProcessMonitor", IsBackground = true };
        _thread.UnsafeStart();
        ParentExit.Watch();
    }

    /// <exception cref="System.ComponentModel.Win32Exception">The system refused what it needs; the next call tries again.</exception>
    internal static ProcessMonitor Current
    {
        get
        {
            if (s_current is { } current)
                return current;
            lock (s_creation)
                return s_current ??= new ProcessMonitor();
        }
    }

    /// <summary>The monitor if this process has ever started a child.</summary>
    internal static ProcessMonitor? CurrentOrNull => s_current;

    internal IReadOnlyList<LiveChild> Children
    {
        get
        {
            lock (_lock)
                return [.. _children];
        }
    }

    /// <summary>Starts a child on the monitor's thread.</summary>
    /// <param name="request">What to start.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused.</exception>
    internal Task SpawnAsync(SpawnRequest request)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
            _requests.Enqueue(() =>
            {
                try
                {
                    Spawn(request);
                    started.SetResult();
                }
                catch (Exception exception)
                {
                    started.SetException(exception);
                }
            });
        Wake();
        return started.Task;
    }

    /// <summary>Waits until no child is left.</summary>
    internal void WaitUntilNone()
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_children.Count == 0)
                    return;
                _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                change = _changed.Task;
            }
            change.Wait();
        }
    }

    internal void Wake() => _doorbell.Ring();

    /// <summary>With SIGCHLD ignored, as some launchers leave it, the kernel throws exit statuses away (wait(2), NOTES).</summary>
    private static void KeepExitStatuses()
    {
        nint before = LibC.SetSignalDisposition(SIGCHLD, SIG_DFL);
        if (before == SIG_ERR)
            throw SystemError.FromLast("signal(SIGCHLD)");
        if (before != SIG_IGN && before != SIG_DFL)
            _ = LibC.SetSignalDisposition(SIGCHLD, before);
    }

    private void Spawn(SpawnRequest request)
    {
        if (request.IsDaemon && ParentExit.HasBegun)
            throw new InvalidOperationException("This process is ending, and starts no further daemons.");
        var link = SocketPair.Create();
        LiveChild child;
        try
        {
            int id = Spawner.Spawn(SelfProgram.Current, link.Far, request.Inherited, request.Processors);
            child = new LiveChild(id, ProcessDescriptor.Open(id), link.Near, request, Wake);
        }
        catch
        {
            link.Near.Dispose();
            throw;
        }
        finally
        {
            link.Far.Dispose();
        }
        lock (_lock)
            _children.Add(child);
        request.Events.OnSpawned(child.Id);
        child.Send(request.Invocation);
        request.Events.OnStarted(child);
        // The end of this process may have begun meanwhile, and looked through its children without this one.
        if (request.IsDaemon && ParentExit.HasBegun)
            child.Terminate();
        if (!request.IsDaemon)
            _thread.IsBackground = false;
    }

    private void Run()
    {
        while (true)
        {
            while (TryTakeRequest() is { } request)
                request();
            Poll();
            long now = Stopwatch.GetTimestamp();
            for (int i = 0; i < _polled.Length; i++)
                Attend(_polled[i], _descriptors[1 + (2 * i)].Occurred, _descriptors[2 + (2 * i)].Occurred, now);
        }
    }

    private Action? TryTakeRequest()
    {
        lock (_lock)
            return _requests.TryDequeue(out var request) ? request : null;
    }

    private void Attend(LiveChild child, short process, short link, long now)
    {
        if ((link & POLLOUT) != 0)
            child.Sink.Flush();
        // What it sent before its end lies in the socket, and comes before the news of the end.
        if (process != 0)
            child.ReceiveAll();
        else if (link != 0)
            child.Receive();
        child.Advance(now);
        if (process != 0 && child.TryReap(out int? exitCode))
            Remove(child, exitCode);
    }

    private void Remove(LiveChild child, int? exitCode)
    {
        TaskCompletionSource? changed;
        bool foreground;
        lock (_lock)
        {
            _children.Remove(child);
            foreground = _children.Exists(static other => !other.IsDaemon);
            changed = _changed;
            _changed = null;
        }
        child.Close();
        child.Events.OnEnded(exitCode, child.LinkFailure);
        changed?.SetResult();
        _thread.IsBackground = !foreground;
    }

    private unsafe void Poll()
    {
        long deadline = long.MaxValue;
        lock (_lock)
        {
            if (_requests.Count > 0)
                deadline = 0;
            _polled = [.. _children];
        }
        if (_descriptors.Length < 1 + (2 * _polled.Length))
            _descriptors = new PollDescriptor[2 * (1 + (2 * _polled.Length))];
        _descriptors[0] = new PollDescriptor { Descriptor = _doorbell.Descriptor, Events = POLLIN };
        for (int i = 0; i < _polled.Length; i++)
        {
            var child = _polled[i];
            deadline = Math.Min(deadline, child.Deadline);
            _descriptors[1 + (2 * i)] = new PollDescriptor { Descriptor = child.ProcessDescriptor, Events = POLLIN };
            // A negative descriptor is passed over (poll(2)); a closed link would be reported for ever.
            _descriptors[2 + (2 * i)] = new PollDescriptor
            {
                Descriptor = child.LinkIsOpen ? child.LinkDescriptor : -1,
                Events = (short)((child.Events.IsBehind ? 0 : POLLIN) | (child.Sink.HasWaiting ? POLLOUT : 0)),
            };
        }
        fixed (PollDescriptor* descriptors = _descriptors)
            if (LibC.Poll(descriptors, (nuint)(1 + (2 * _polled.Length)), Timeout(deadline)) < 0)
            {
                if (SystemError.Last != EINTR)
                    throw SystemError.FromLast("poll");
                _polled = [];
                return;
            }
        if (_descriptors[0].Occurred != 0)
            _doorbell.Silence();
    }

    private static int Timeout(long deadline)
    {
        if (deadline == long.MaxValue)
            return -1;
        double left = (deadline - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency;
        return (int)Math.Clamp(Math.Ceiling(left), 0, int.MaxValue);
    }
}
