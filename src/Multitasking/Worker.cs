using Multitasking.Children;
using Multitasking.Invocation;

namespace Multitasking;

/// <summary>
/// A child process or a child thread that runs one target. Made, started once, joined: the same calls for both kinds.
/// </summary>
/// <remarks>All members are safe for use from several threads at once.</remarks>
[StaysHere("start a worker in the target, or send what it was made from")]
public abstract class Worker
{
    private readonly Lock _lock = new();
    private readonly Lock _starting = new();
    private bool _isDaemon;
    private bool _isStarted;

    private protected Worker(string name, bool isDaemon)
    {
        Name = name;
        _isDaemon = isDaemon;
    }

    /// <summary>What it is called in messages: as given, or <c>Process-1</c>, <c>Thread-1</c> and so on in the order of creation.</summary>
    public string Name { get; }

    /// <summary>
    /// Whether it must not keep the main process alive: at the main process' normal exit daemons are ended and all others waited for.
    /// Starts as the value of the worker that creates this one (<see langword="false"/> in the main process), and may be set until
    /// <see cref="Start"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">Set after <see cref="Start"/>.</exception>
    public bool IsDaemon
    {
        get
        {
            lock (_lock)
                return _isDaemon;
        }
        set
        {
            lock (_lock)
            {
                if (_isStarted)
                    throw new InvalidOperationException($"{Name} has been started; set IsDaemon before Start().");
                _isDaemon = value;
            }
        }
    }

    /// <summary>Whether it was started and has not ended yet.</summary>
    public abstract bool IsAlive { get; }

    /// <summary>
    /// What ended its target, once it has ended: the exception itself for a thread, a <see cref="RemoteException"/> or a
    /// <see cref="WorkerLostException"/> for a process; <see langword="null"/> when the target returned, or was ended by request.
    /// </summary>
    public abstract Exception? Exception { get; }

    /// <summary>Whether <see cref="Start"/> was called.</summary>
    private protected bool IsStarted
    {
        get
        {
            lock (_lock)
                return _isStarted;
        }
    }

    /// <summary>Starts it. Returns as soon as it exists, not when its target has begun.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    /// <exception cref="TargetNotSupportedException">The target or something it needs cannot travel to a process.</exception>
    public void Start()
    {
        lock (_starting)
        {
            MarkStarted();
            try
            {
                StartCore();
            }
            catch
            {
                lock (_lock)
                    _isStarted = false;
                throw;
            }
        }
    }

    /// <summary>Waits until it has ended. What its target threw is not thrown here: see <see cref="Exception"/>.</summary>
    /// <exception cref="InvalidOperationException">It was not started, or it is the worker that calls.</exception>
    public void Join() => Join(Timeout.InfiniteTimeSpan);

    /// <summary>Waits until it has ended, but not longer than the time limit.</summary>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes, zero to look only.</param>
    /// <returns>Whether it has ended. It is not stopped when it has not.</returns>
    /// <exception cref="InvalidOperationException">It was not started, or it is the worker that calls.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time limit is negative and not infinite, or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public bool Join(TimeSpan timeout)
    {
        TimeLimit.Check(timeout);
        CheckJoin();
        return JoinCore(timeout);
    }

    /// <summary>Completes when it has ended. What its target threw is not thrown here: see <see cref="Exception"/>.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the worker.</param>
    /// <exception cref="InvalidOperationException">It was not started, or it is the worker that calls.</exception>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public Task JoinAsync(CancellationToken cancellationToken = default)
    {
        CheckJoin();
        return JoinAsyncCore(cancellationToken);
    }

    private protected abstract bool IsCaller { get; }

    private protected abstract void StartCore();

    private protected abstract bool JoinCore(TimeSpan timeout);

    private protected abstract Task JoinAsyncCore(CancellationToken cancellationToken);

    private protected void MarkStarted()
    {
        lock (_lock)
        {
            if (_isStarted)
                throw new InvalidOperationException($"{Name} was started before. A worker runs once; create another.");
            _isStarted = true;
        }
    }

    private void CheckJoin()
    {
        if (IsCaller)
            throw new InvalidOperationException($"{Name} cannot wait for its own end.");
        // Another thread may be about to start it: only once that has succeeded or failed is there an answer.
        lock (_starting)
            if (!IsStarted)
                throw new InvalidOperationException($"{Name} was not started; call Start() before Join().");
    }
}
