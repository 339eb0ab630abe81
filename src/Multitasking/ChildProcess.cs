using Multitasking.Bootstrap;
using Multitasking.Children;
using Multitasking.Interop;
using Multitasking.Invocation;

namespace Multitasking;

/// <summary>
/// A process of its own that runs one target, as easily as a thread: the same program, started again and taken over before its
/// <c>Main</c>. It needs nothing from that program, and leaves nothing behind however either side ends.
/// </summary>
/// <remarks>
/// The target, its arguments and its captured variables are copied into the child; what it changes there stays there.
/// <see cref="CancellationToken"/>, <see cref="IProgress{T}"/>, channels, locks and shared memory cross by reference. A target that takes a
/// token and is given none gets one that <see cref="Terminate"/> triggers. All members are safe for use from several threads at once.
/// </remarks>
/// <example>
/// <code>
/// var dancer = new ChildProcess(Dance, args: [3], name: "dancer");
/// dancer.Start();
/// dancer.Join();
///
/// int n = await ChildProcess.RunAsync(() => Fibonacci(40), timeout: TimeSpan.FromSeconds(5));
/// </code>
/// </example>
public sealed class ChildProcess : Worker
{
    private static readonly Lazy<ChildProcess> s_current = new(static () => new ChildProcess(ThisWorker.Identity));

    private readonly Lock _lock = new();
    private readonly WorkerIdentity _identity;
    private readonly Call? _call;
    private readonly ProcessGroup? _group;
    private TimeSpan _terminationGrace = TimeSpan.FromMilliseconds(500);
    private ChildRecord? _record;

    /// <summary>Prepares a process.</summary>
    /// <param name="target">
    /// What to run: any method, local function or lambda; one that returns a task is run to the task's end. What it returns is dropped:
    /// <see cref="RunAsync{T}(Func{T}, TimeSpan?, CancellationToken)"/> brings an answer.
    /// </param>
    /// <param name="args">Its arguments by place, bound as C# would bind them; <see langword="null"/> for none.</param>
    /// <param name="namedArgs">Its arguments by name; <see langword="null"/> for none.</param>
    /// <param name="name">What it is called; by default <c>Process-1</c> and so on, and <c>Process-1:1</c> inside <c>Process-1</c>.</param>
    /// <param name="group">The group that it joins; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">The arguments do not fit the target.</exception>
    /// <exception cref="TargetNotSupportedException">The target is async void, takes a span or a reference, or combines several
    /// delegates.</exception>
    public ChildProcess(
        Delegate target,
        object?[]? args = null,
        IReadOnlyDictionary<string, object?>? namedArgs = null,
        string? name = null,
        ProcessGroup? group = null)
        : this(CallOf(target, args, namedArgs), name, ThisWorker.NextPath(), group)
    {
    }

    private ChildProcess(Call call, string? name, string path, ProcessGroup? group = null)
        : base(name ?? $"Process-{path}", ThisWorker.Identity.IsDaemon)
    {
        _call = call;
        _identity = new WorkerIdentity(Name, path, IsDaemon);
        _group = group;
        group?.Add(this);
    }

    /// <summary>Describes the process that it lives in.</summary>
    private ChildProcess(WorkerIdentity self) : base(self.Name, self.IsDaemon)
    {
        _identity = self;
        MarkStarted();
    }

    /// <summary>The process that calls: a child as its parent made it, or the main process under the name <c>MainProcess</c>.</summary>
    public static ChildProcess Current => s_current.Value;

    /// <summary>The id of the process that started this one; 1, or that of a reaper, once it is gone.</summary>
    /// <exception cref="PlatformNotSupportedException">Not Linux.</exception>
    public static int ParentId
    {
        get
        {
            Platform.RequireLinux();
            return LibC.GetParentId();
        }
    }

    /// <summary>The children of this process that were started and have not ended, in the order of their starts.</summary>
    public static IReadOnlyList<ChildProcess> ActiveChildren =>
        [.. (ProcessMonitor.CurrentOrNull?.Children ?? []).Select(static child => (child.Events as ChildRecord)?.Owner).OfType<ChildProcess>()];

    /// <summary>
    /// The process id, or <see langword="null"/> before <see cref="Worker.Start"/>. After its end the system may give it to another.
    /// </summary>
    public int? Id => IsSelf ? Environment.ProcessId : Record?.Id;

    /// <summary>
    /// How it ended: its exit code, or minus the signal's number when a signal ended it (-9 for SIGKILL). 0 when the target returned, 1
    /// when it threw. <see langword="null"/> while it runs, and when the system does not tell.
    /// </summary>
    public int? ExitCode => Record?.ExitCode;

    /// <summary>
    /// How long each step of an end by request waits for the next: asking, SIGTERM, SIGKILL. The default is 500 ms; may be set until the
    /// start.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    /// <exception cref="InvalidOperationException">Set after <see cref="Worker.Start"/>.</exception>
    public TimeSpan TerminationGrace
    {
        get => _terminationGrace;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMilliseconds(int.MaxValue));
            if (IsStarted)
                throw new InvalidOperationException($"{Name} has been started; set TerminationGrace before Start().");
            _terminationGrace = value;
        }
    }

    /// <summary>The group it belongs to, or <see langword="null"/>.</summary>
    public ProcessGroup? Group => _group;

    /// <inheritdoc/>
    public override bool IsAlive => IsSelf || Record is { IsAlive: true };

    /// <inheritdoc/>
    public override Exception? Exception => Record?.Exception;

    internal bool WasStarted => Record is not null;

    private protected override bool IsCaller => IsSelf;

    private bool IsSelf => _call is null;

    private ChildRecord? Record
    {
        get
        {
            lock (_lock)
                return _record;
        }
    }

    /// <summary>Makes and starts a process for a lambda; its captured variables travel along.</summary>
    /// <param name="target">What to run.</param>
    /// <returns>The started process.</returns>
    /// <exception cref="TargetNotSupportedException">Something it captured cannot travel.</exception>
    public static ChildProcess Start(Action target) => StartNew(target);

    /// <summary>
    /// Makes and starts a process for an asynchronous lambda; it runs to the task's end, and its captured variables travel along.
    /// </summary>
    /// <param name="target">What to run.</param>
    /// <returns>The started process.</returns>
    /// <exception cref="TargetNotSupportedException">Something it captured cannot travel.</exception>
    public static ChildProcess Start(Func<Task> target) => StartNew(target);

    /// <summary>Runs a target in a process of its own and brings back its answer, when that process is gone.</summary>
    /// <param name="target">What to run; captured variables travel along.</param>
    /// <param name="timeout">How long it may take, start included; <see langword="null"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the process: asks it first if its target holds a token, then SIGTERM, then SIGKILL.</param>
    /// <returns>What the target returned, as a copy.</returns>
    /// <remarks>The process is a daemon: an answer that nobody awaits does not keep the program alive.</remarks>
    /// <exception cref="RemoteException">The target threw.</exception>
    /// <exception cref="WorkerLostException">The process ended without an answer.</exception>
    /// <exception cref="TaskTimeoutException">The time limit passed; the process was ended.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the process was ended.</exception>
    /// <exception cref="TargetNotSupportedException">Something it captured cannot travel.</exception>
    public static Task<T> RunAsync<T>(Func<T> target, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        AnswerAsync<T>(target, timeout, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Func{T}, TimeSpan?, CancellationToken)"/>
    public static Task<T> RunAsync<T>(Func<Task<T>> target, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        AnswerAsync<T>(target, timeout, cancellationToken);

    /// <summary>Runs a target in a process of its own; completes when that process is gone.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{T}, TimeSpan?, CancellationToken)"/>
    public static Task RunAsync(Action target, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        AnswerAsync<object?>(target, timeout, cancellationToken);

    /// <inheritdoc cref="RunAsync(Action, TimeSpan?, CancellationToken)"/>
    public static Task RunAsync(Func<Task> target, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        AnswerAsync<object?>(target, timeout, cancellationToken);

    /// <summary>
    /// Ends it in bounded time: a target that holds a token is asked first, then comes SIGTERM, then SIGKILL, each
    /// <see cref="TerminationGrace"/> after the other. Returns at once; does nothing when it has ended.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was not started, or it is the process that calls.</exception>
    public void Terminate() => RequireOther(nameof(Terminate)).Terminate();

    /// <summary>Ends it at once by SIGKILL, which nothing can hold up. Returns at once; does nothing when it has ended.</summary>
    /// <exception cref="InvalidOperationException">It was not started, or it is the process that calls.</exception>
    public void Kill() => RequireOther(nameof(Kill)).Kill();

    /// <summary>Name, state and id: <c>ChildProcess(Process-1, started, id 4711)</c>.</summary>
    public override string ToString()
    {
        string state = !IsStarted ? "initial" : IsAlive ? "started" : ExitCode is { } code ? $"stopped with {code}" : "stopped";
        return $"{nameof(ChildProcess)}({Name}, {state}{(IsDaemon ? " daemon" : "")}{(Id is { } id ? $", id {id}" : "")})";
    }

    /// <summary>Starts it for somebody who looks at <see cref="Exception"/> himself: it does not print what ends its target.</summary>
    internal async Task StartObservedAsync()
    {
        MarkStarted();
        await ProcessMonitor.SpawnAsync(Prepare(wantsAnswer: true)).ConfigureAwait(false);
    }

    private protected override void StartCore()
    {
        try
        {
            ProcessMonitor.SpawnAsync(Prepare(wantsAnswer: false)).GetAwaiter().GetResult();
        }
        catch
        {
            // It never lived: it is as it was before, and may be started again.
            lock (_lock)
                _record = null;
            throw;
        }
    }

    private protected override bool JoinCore(TimeSpan timeout) => Record!.Ended.Wait(timeout) && !IsAlive;

    private protected override Task JoinAsyncCore(CancellationToken cancellationToken) => Record!.Ended.WaitAsync(cancellationToken);

    private static ChildProcess StartNew(Delegate target)
    {
        var process = new ChildProcess(target);
        process.Start();
        return process;
    }

    private static Call CallOf(Delegate target, object?[]? args, IReadOnlyDictionary<string, object?>? namedArgs)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Call.Of(target, args, namedArgs);
    }

    private static Task<T> AnswerAsync<T>(Delegate target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var call = CallOf(target, null, null);
        Results.Check(target.Method);
        var limit = timeout ?? Timeout.InfiniteTimeSpan;
        TimeLimit.Check(limit, nameof(timeout));
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var process = new ChildProcess(call, name: null, ThisWorker.NextPath()) { IsDaemon = true };
        process.MarkStarted();
        // Serialized before this method returns: what the caller changes afterwards no longer counts.
        var request = process.Prepare(wantsAnswer: true);
        return process.Record!.AnswerAsync<T>(request, limit, cancellationToken);
    }

    private SpawnRequest Prepare(bool wantsAnswer)
    {
        HotReload.Check();
        if (ThisWorker.IsChild)
            RunningInitializer.Refuse();
        var crossing = Crossing.ToChild();
        var identity = _identity with { IsDaemon = IsDaemon };
        var culture = CallerCulture.Capture();
        var frame = InvokeMessage.ToFrame(SelfProgram.Current.Identity, identity, _call!, culture, wantsAnswer, crossing);
        var record = new ChildRecord(this, Name, _call!, culture, crossing);
        lock (_lock)
            _record = record;
        return new SpawnRequest(record, frame, IsDaemon)
        {
            Inherited = crossing.Descriptors(),
            Processors = _group?.Processors,
            Deadline = _group?.Deadline(),
            CanBeAsked = _call!.TakesTermination || crossing.Tokens.Count > 0,
            Grace = TerminationGrace,
        };
    }

    private ChildRecord RequireOther(string verb)
    {
        if (IsSelf)
            throw new InvalidOperationException($"{verb}() is for a child, and {Name} is the process that calls. Return from the target or call Environment.Exit.");
        return Record ?? throw new InvalidOperationException($"{Name} was not started; there is nothing to end.");
    }
}
