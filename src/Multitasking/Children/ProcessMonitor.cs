using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Multitasking.Interop;
using Multitasking.Readers;
using Multitasking.Transport;
using static Multitasking.Interop.Constants;

namespace Multitasking.Children;

/// <summary>
/// The one thread that starts, hears and reaps all children of this process. It never ends, which the children's parent-death
/// signal needs; it is a foreground thread exactly while a non-daemon child lives, which makes the main process wait for it.
/// </summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as the process.")]
internal sealed class ProcessMonitor
{
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromMilliseconds(10);
    private static readonly Lock s_creation = new();
    private static volatile ProcessMonitor? s_current;

    private readonly Lock _lock = new();
    private readonly List<LiveChild> _children = [];
    private readonly Queue<Action> _requests = new();
    private readonly Doorbell _doorbell = new();
    private readonly Thread _thread;
    private readonly PollTable _table = new();
    private readonly StoppedTime _clock = new(isOfProgram: true);
    private LiveChild[] _polled = [];
    private TaskCompletionSource? _changed;

    private ProcessMonitor()
    {
        _thread = new Thread(Run, 256 << 10) { Name = "Multitasking.ProcessMonitor", IsBackground = true };
        try
        {
            KeepExitStatuses();
            // What this and the monitor's thread need later is there then: where no descriptor is left, no assembly can be loaded.
            ReaderThreads.Prepare();
            SystemError.Prepare();
            _thread.UnsafeStart();
        }
        catch
        {
            _doorbell.Dispose();
            throw;
        }
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
    /// <returns>Completes when it exists. A failure was told to its events before.</returns>
    internal static Task SpawnAsync(SpawnRequest request)
    {
        try
        {
            var monitor = Current;
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (monitor._lock)
                monitor._requests.Enqueue(() => monitor.Spawn(request, started));
            monitor.Wake();
            return started.Task;
        }
        catch (Exception exception)
        {
            request.Events.OnNotStarted(exception);
            return Task.FromException(exception);
        }
    }

    /// <summary>Waits until no child is left but those that do not end.</summary>
    internal void WaitUntilNone()
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (!_children.Exists(static child => child.IsWaitedFor))
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

    private void Spawn(SpawnRequest request, TaskCompletionSource started)
    {
        try
        {
            Spawn(request);
            started.SetResult();
        }
        catch (Exception exception)
        {
            request.Events.OnNotStarted(exception);
            started.SetException(exception);
        }
    }

    private void Spawn(SpawnRequest request)
    {
        if (request.IsDaemon && ParentExit.HasBegun)
            throw new InvalidOperationException("This process is ending, and starts no further daemons.");
        // Once the process exists, nothing may keep it from being known here.
        lock (_lock)
            _children.EnsureCapacity(_children.Count + 1);
        var link = SocketPair.Create();
        LiveChild child;
        try
        {
            using var place = Family.TakePlace();
            var terminal = TerminalWatch.BeforeStart();
            int id = Spawner.Spawn(SelfProgram.Current, link.Far, place, request.Inherited, request.Processors);
            child = new LiveChild(new ProcessHandle(id), link.Near, request, Wake) { Terminal = terminal };
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
        try
        {
            request.Events.OnSpawned(child.Id);
            child.Send(request.Invocation);
            request.Events.OnStarted(child);
        }
        catch
        {
            child.Disown();
            throw;
        }
        // The end of this process may have begun meanwhile, and looked through its children without this one.
        if (request.IsDaemon && ParentExit.HasBegun)
            child.Terminate();
        if (!request.IsDaemon)
            _thread.IsBackground = false;
    }

    /// <summary>Whatever fails here must not end this thread, for with it would go the program.</summary>
    private void Run()
    {
        while (true)
            try
            {
                while (TryTakeRequest() is { } request)
                    request();
                Poll();
                long now = Stopwatch.GetTimestamp();
                if (_clock.StoppedBefore(now) is > 0 and var stopped)
                    foreach (var child in _polled)
                        child.PutOff(stopped);
                for (int i = 0; i < _polled.Length; i++)
                    AttendOrEnd(_polled[i], _table.Occurred(1 + (2 * i)), _table.Occurred(2 + (2 * i)), now);
            }
            catch (Exception)
            {
                // Out of memory, in all likelihood. What it concerned is looked for again.
                Thread.Sleep(s_pauseAfterFailure);
            }
    }

    private Action? TryTakeRequest()
    {
        lock (_lock)
            return _requests.TryDequeue(out var request) ? request : null;
    }

    /// <summary>Whatever fails here ends this one child, as its reason.</summary>
    private void AttendOrEnd(LiveChild child, short process, short link, long now)
    {
        try
        {
            Attend(child, process, link, now);
        }
        catch (Exception exception)
        {
            child.Fail(exception);
        }
    }

    private void Attend(LiveChild child, short process, short link, long now)
    {
        if ((link & ~POLLIN) != 0)
            child.Sink.Flush();
        if (child.TryReap(process != 0, now, out int? exitCode))
        {
            // What it sent before its end lies in the socket, and comes before the news of the end.
            child.ReceiveAll();
            Remove(child, exitCode);
            return;
        }
        bool hasHeardAll = link == 0 || child.Receive();
        bool wasWaitedFor = child.IsWaitedFor;
        try
        {
            child.Advance(now, hasHeardAll);
        }
        finally
        {
            // Whatever failed meanwhile: the end of this process may wait for it.
            if (wasWaitedFor && !child.IsWaitedFor)
                TellOfChange();
        }
    }

    private void Remove(LiveChild child, int? exitCode)
    {
        lock (_lock)
            _children.Remove(child);
        child.Close();
        try
        {
            child.Terminal?.AfterEnd(exitCode);
        }
        finally
        {
            child.Events.OnEnded(exitCode, child.LinkFailure);
            TellOfChange();
        }
    }

    /// <summary>A child has ended, or is waited for no longer.</summary>
    private void TellOfChange()
    {
        TaskCompletionSource? changed;
        bool isNeeded;
        lock (_lock)
        {
            isNeeded = _children.Exists(static child => !child.IsDaemon && child.IsWaitedFor);
            changed = _changed;
            _changed = null;
        }
        changed?.SetResult();
        _thread.IsBackground = !isNeeded;
    }

    private void Poll()
    {
        long deadline = long.MaxValue;
        lock (_lock)
        {
            if (_requests.Count > 0)
                deadline = 0;
            _polled = [.. _children];
        }
        _table.Clear();
        int doorbell = _table.Add(_doorbell.Descriptor, POLLIN);
        foreach (var child in _polled)
        {
            deadline = Math.Min(deadline, child.Deadline);
            _table.Add(child.ProcessDescriptor, POLLIN);
            short wanted = (short)((child.Events.IsBehind ? 0 : POLLIN) | (child.Sink.HasWaiting ? POLLOUT : 0));
            // What nothing is wanted of is passed over: its end would be told for ever.
            _table.Add(child.LinkIsOpen && wanted != 0 ? child.LinkDescriptor : -1, wanted);
        }
        _table.Wait(_clock.Bound(Timeout(deadline)));
        if (_table.Occurred(doorbell) != 0)
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
