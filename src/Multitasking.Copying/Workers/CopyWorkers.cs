using System.Runtime.ExceptionServices;
using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Workers;

/// <summary>The workers of one run, whatever they are.</summary>
internal abstract class CopyWorkers(RunLog log, CancellationToken cancellation) : IDisposable
{
    private readonly CountdownEvent _running = new(1);
    private Exception? _failure;
    private int _number;

    /// <summary>Worker processes that ended without an answer.</summary>
    internal virtual int Lost => 0;

    protected CancellationToken Cancellation => cancellation;

    /// <summary>Whether the workers are to stop, because of a cancellation, because one of them failed, or because somebody said so.</summary>
    protected bool IsStopping => cancellation.IsCancellationRequested || log.IsStopped || Volatile.Read(ref _failure) is not null;

    /// <summary>Starts them all, and returns.</summary>
    internal void Start()
    {
        Guard(StartThreads);
    }

    /// <summary>Waits until they have all ended.</summary>
    /// <returns>Whether they have.</returns>
    internal bool Wait(TimeSpan limit) => _running.Wait(limit, CancellationToken.None);

    /// <summary>Makes them end early because of something outside of them, and waits until they have.</summary>
    internal void Abort(Exception failure)
    {
        Fail(failure);
        _running.Wait(CancellationToken.None);
    }

    /// <summary>Makes them end early because somebody said so, and does not wait.</summary>
    internal void EndEarly() => Stop();

    /// <summary>What each is at.</summary>
    internal abstract IReadOnlyList<FilePath> Current();

    /// <summary>Throws what made them end early.</summary>
    internal void ThrowIfFailed()
    {
        if (_failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>What they have done so far, all together.</summary>
    internal abstract Tally Sum();

    public virtual void Dispose() => _running.Dispose();

    protected abstract void StartThreads();

    /// <summary>Makes everybody look at <see cref="IsStopping"/>.</summary>
    protected abstract void Stop();

    /// <summary>Starts a thread that keeps the run going until it returns.</summary>
    protected void StartThread(Action work)
    {
        _running.AddCount();
        // A daemon: a program that does not wait for its copy does not want to be kept alive by it.
        var thread = new ChildThread(() => Guard(work), name: $"Copy-{Interlocked.Increment(ref _number)}") { IsDaemon = true };
        try
        {
            thread.Start();
        }
        catch
        {
            _running.Signal();
            throw;
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (IsStopping)
        {
            Stop();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            _running.Signal();
        }
    }

    private void Fail(Exception failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        Stop();
    }
}
