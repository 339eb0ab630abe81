using Multitasking.Children;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.SharedMemory;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>
/// The child's ear on the link while the target runs: passes cancellation on, and ends the process when the parent is gone, whatever
/// the target is doing.
/// </summary>
internal sealed class Lifeline(ChildLink link) : Arrival
{
    // Time for a target that holds a token to tidy up when the parent died; promise 1 gives two seconds in all.
    private static readonly TimeSpan s_lastGrace = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<int, CancellationTokenSource> _sources = [];
    private readonly TaskCompletionSource _done = new();
    private readonly LinkReports _reports = new(link);
    private CancellationTokenSource? _termination;
    private InheritedDescriptors? _descriptors;
    private List<object>? _kept;

    /// <summary>That of this child.</summary>
    internal static Lifeline? Current { get; private set; }

    /// <summary>Tells whether somebody asked the target to end.</summary>
    internal bool EndIsWanted { get; private set; }

    /// <summary>The signal by which this child ends when its target gives way.</summary>
    internal int EndSignal { get; private set; } = Constants.SIGTERM;

    /// <summary>Tells whether the target holds a token, so that asking it to end can mean something.</summary>
    internal bool CanAsk => _termination is not null || _sources.Count > 0;

    /// <summary>The token that the end of this worker triggers.</summary>
    internal override CancellationToken Termination => (_termination ??= new CancellationTokenSource()).Token;

    internal override CancellationToken Token(int number, bool isCancelled)
    {
        if (!_sources.TryGetValue(number, out var source))
            _sources.Add(number, source = new CancellationTokenSource());
        if (isCancelled)
            source.Cancel();
        return source.Token;
    }

    internal override object Progress(Type value, int number) => RemoteProgress.Create(value, number, _reports);

    /// <summary>What the parent makes for the call.</summary>
    internal Trust Parent
    {
        get => _reports.Parent;
        set => _reports.Parent = value;
    }

    internal override SafeDescriptor? TakeDescriptor(int number, int sent) => (_descriptors ??= new InheritedDescriptors()).Take(sent);

    internal override void Keep(object shared, SegmentLease lease, SharedSender sender) => (_kept ??= []).Add(shared);

    /// <summary>Who cancels tokens of a pool's tasks: told the task and the token.</summary>
    internal Action<long, int>? TaskCancellation { get; set; }

    /// <summary>
    /// Hears what has been sent since this process was started, so that its target finds cancelled what was cancelled meanwhile; every
    /// token that crossed must be known by now.
    /// </summary>
    internal void HearWhatWaits()
    {
        while (link.HasMore && link.Receive(out var kind) is { } payload)
            Hear(kind, new ByteReader(payload));
    }

    /// <summary>Starts listening; every token that crossed must be known by now.</summary>
    internal void Start()
    {
        Current = this;
        new Thread(Listen, 256 << 10) { Name = "Multitasking.Lifeline", IsBackground = true }.UnsafeStart();
    }

    /// <summary>Sends a frame to the parent.</summary>
    internal void Send(ReadOnlyMemory<byte> frame) => link.Send(frame.Span);

    /// <summary>The target has ended, and so has the time to tidy up.</summary>
    internal void Finish() => _done.TrySetResult();

    /// <param name="signal">By which the target was asked; SIGTERM stands for any other request.</param>
    internal void RequestEnd(int signal = Constants.SIGTERM)
    {
        if (!EndIsWanted)
            EndSignal = signal;
        EndIsWanted = true;
        // Callbacks of the tokens run elsewhere: one that hangs must not deafen this thread.
        _ = _termination?.CancelAsync();
        foreach (var source in _sources.Values)
            _ = source.CancelAsync();
    }

    private void Listen()
    {
        while (link.Receive(out var kind) is { } payload)
            Hear(kind, new ByteReader(payload));
        // The parent is gone, in whichever way. Grandchildren need not wait for this process to follow it.
        foreach (var child in ProcessMonitor.CurrentOrNull?.Children ?? [])
            child.CutLink();
        if (CanAsk)
        {
            RequestEnd();
            _done.Task.Wait(s_lastGrace);
        }
        // Not Environment.Exit: exit handlers and foreground threads could keep an orphan alive.
        LibC.ExitAtOnce(1);
    }

    private void Hear(FrameKind kind, ByteReader frame)
    {
        if (kind == FrameKind.Cancel)
            Cancel(frame.ReadNumber());
        else if (kind == FrameKind.CancelTask)
            TaskCancellation?.Invoke(BitConverter.ToInt64(frame.Take(sizeof(long))), frame.ReadNumber());
    }

    private void Cancel(int token)
    {
        if (token == 0)
            RequestEnd();
        else if (_sources.TryGetValue(token, out var source))
            _ = source.CancelAsync();
    }
}
