using Multitasking.Children;
using Multitasking.Invocation;

namespace Multitasking;

/// <summary>
/// A thread of its own that runs one target, in the shape of a <see cref="ChildProcess"/>. What the target throws ends the thread,
/// not the program.
/// </summary>
/// <example>
/// <code>
/// var thread = new ChildThread(Dance, args: [2]);
/// thread.Start();
/// thread.Join();
/// </code>
/// </example>
public sealed class ChildThread : Worker
{
    private static readonly List<ChildThread> s_active = [];
    private static int s_count;

    [ThreadStatic]
    private static ChildThread? s_current;

    private readonly Call? _call;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? _exception;

    /// <summary>Prepares a thread.</summary>
    /// <param name="target">What to run: any method, local function or lambda; one that returns a task is run to the task's end.</param>
    /// <param name="args">Its arguments by place, bound as C# would bind them; <see langword="null"/> for none.</param>
    /// <param name="namedArgs">Its arguments by name; <see langword="null"/> for none.</param>
    /// <param name="name">What it is called; by default <c>Thread-1</c>, <c>Thread-2</c> and so on.</param>
    /// <exception cref="ArgumentException">The arguments do not fit the target.</exception>
    /// <exception cref="TargetNotSupportedException">The target is async void, takes a span or a reference, or combines several delegates.</exception>
    public ChildThread(
        Delegate target,
        object?[]? args = null,
        IReadOnlyDictionary<string, object?>? namedArgs = null,
        string? name = null)
        : base(name ?? $"Thread-{Interlocked.Increment(ref s_count)}", s_current is { IsWorker: true, IsDaemon: true })
    {
        ArgumentNullException.ThrowIfNull(target);
        _call = Call.Of(target, args, namedArgs);
        _thread = new Thread(Run) { Name = Name };
    }

    /// <summary>Describes a thread that the library did not start.</summary>
    private ChildThread(Thread thread) : base(thread.Name ?? (thread.ManagedThreadId == 1 ? "MainThread" : $"Thread (id {thread.ManagedThreadId})"), thread.IsBackground)
    {
        _thread = thread;
        MarkStarted();
    }

    /// <summary>
    /// The thread that calls: a started <see cref="ChildThread"/>, or a description of the main thread or of one that something else
    /// started.
    /// </summary>
    public static ChildThread Current => s_current ??= new ChildThread(Thread.CurrentThread);

    /// <summary>The child threads of this process that were started and have not ended, in the order of their starts.</summary>
    public static IReadOnlyList<ChildThread> ActiveThreads
    {
        get
        {
            lock (s_active)
                return [.. s_active];
        }
    }

    /// <summary>The thread's managed id, as <see cref="Environment.CurrentManagedThreadId"/> gives it inside.</summary>
    public int Id => _thread.ManagedThreadId;

    /// <inheritdoc/>
    public override bool IsAlive => IsStarted && !_ended.Task.IsCompleted && (IsWorker || _thread.IsAlive);

    /// <inheritdoc/>
    public override Exception? Exception => _exception;

    /// <summary>Whether it runs a target, rather than to describe a thread that the library did not start.</summary>
    private bool IsWorker => _call is not null;

    private protected override bool IsCaller => s_current == this || Thread.CurrentThread == _thread;

    /// <summary>Makes and starts a thread for a target without arguments.</summary>
    /// <param name="target">What to run.</param>
    /// <returns>The started thread.</returns>
    public static ChildThread Start(Action target)
    {
        var thread = new ChildThread(target);
        thread.Start();
        return thread;
    }

    /// <summary>Makes and starts a thread for an asynchronous target without arguments; it runs to the task's end.</summary>
    /// <param name="target">What to run.</param>
    /// <returns>The started thread.</returns>
    public static ChildThread Start(Func<Task> target)
    {
        var thread = new ChildThread(target);
        thread.Start();
        return thread;
    }

    /// <summary>Name, state and id: <c>ChildThread(Thread-1, started daemon, id 5)</c>.</summary>
    public override string ToString()
    {
        string state = !IsStarted ? "initial" : IsAlive ? "started" : "stopped";
        return $"{nameof(ChildThread)}({Name}, {state}{(IsDaemon ? " daemon" : "")}, id {Id})";
    }

    private protected override void StartCore()
    {
        _thread.IsBackground = IsDaemon;
        lock (s_active)
            s_active.Add(this);
        if (!IsDaemon)
            LiveThreads.Add(_thread);
        try
        {
            _thread.Start();
        }
        catch
        {
            Forget();
            throw;
        }
    }

    private protected override bool JoinCore(TimeSpan timeout) => _thread.Join(timeout);

    private protected override Task JoinAsyncCore(CancellationToken cancellationToken) =>
        IsWorker
            ? _ended.Task.WaitAsync(cancellationToken)
            : throw new InvalidOperationException($"{Name} was not started by this library; use Join().");

    private void Run()
    {
        s_current = this;
        try
        {
            _call!.Invoke(CancellationToken.None);
        }
        catch (Exception exception)
        {
            _exception = exception;
            UnobservedFailure.Print($"{Name} (thread {Id})", exception);
        }
        finally
        {
            Forget();
            _ended.SetResult();
        }
    }

    private void Forget()
    {
        lock (s_active)
            s_active.Remove(this);
        LiveThreads.Remove(_thread);
    }
}
