using System.Diagnostics;

namespace Multitasking.Faults.Hostile;

/// <summary>
/// A pool and children that lie, move after move, in a program in which an innocent pool and innocent children go on: what the parent must
/// bear. Several moves may be made at once.
/// </summary>
public sealed class HostileMatch : IAsyncDisposable
{
    private static readonly TimeSpan s_taskLimit = TimeSpan.FromSeconds(1), s_grace = TimeSpan.FromMilliseconds(100);

    private readonly ProcessPool _liars;
    private readonly ProcessPool _innocent = new(new PoolOptions { Name = "innocent", Workers = 1 });
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _life;
    private long _slowest;
    private int _innocentCalls;

    /// <param name="workers">How many workers the pool has that lie.</param>
    /// <param name="patience">How long a call may take at most that has a limit of a second, or that nothing keeps up.</param>
    public HostileMatch(int workers, TimeSpan patience)
    {
        _liars = new ProcessPool(new PoolOptions { Name = "liars", Workers = workers, TaskTimeout = s_taskLimit, TerminationGrace = s_grace });
        _patience = patience;
        _life = LiveAsync();
    }

    /// <summary>How many calls the innocent have made.</summary>
    public int InnocentCalls => Volatile.Read(ref _innocentCalls);

    /// <summary>How long the slowest of them took.</summary>
    public TimeSpan Slowest => TimeSpan.FromTicks(Volatile.Read(ref _slowest));

    /// <summary>How the moves ended, by the kind of their exception, and how often.</summary>
    public Dictionary<string, int> Outcomes { get; } = [];

    /// <summary>Makes one move, and waits until its call has ended.</summary>
    /// <param name="seed">Which, and all that is left to chance in it.</param>
    /// <exception cref="HostileMatchException">The call hung, or ended as none may, or the innocent had to suffer.</exception>
    public async Task PlayAsync(int seed)
    {
        IProgress<int> reports = new Swallowed();
        var call = (seed % 5) switch
        {
            0 => ChildProcess.RunAsync(() => HostileTask.Play(seed), s_taskLimit),
            1 => OfMapAsync(seed),
            2 => _liars.RunAsync(HostileTask.PlayAndReport, seed, reports),
            _ => _liars.RunAsync(HostileTask.Play, seed),
        };
        if (await Task.WhenAny(call, Task.Delay(_patience)) != call)
            throw new HostileMatchException($"Move {seed} ({HostileTask.NameOf(seed)}): the call did not end within {_patience}.");
        string outcome = "answer";
        try
        {
            Use(await call);
        }
        catch (Exception exception) when (exception is MultitaskingException or TimeoutException)
        {
            outcome = exception is RemoteException remote ? remote.TypeName : exception.GetType().Name;
        }
        catch (Exception exception) when (exception is not HostileMatchException)
        {
            throw new HostileMatchException($"Move {seed} ({HostileTask.NameOf(seed)}): {exception}");
        }
        lock (Outcomes)
            Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        if (_life.IsFaulted)
            throw new HostileMatchException($"At move {seed} ({HostileTask.NameOf(seed)}): {_life.Exception.InnerException}");
    }

    /// <summary>Ends both pools.</summary>
    /// <exception cref="HostileMatchException">One of them does not end.</exception>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        var end = EndAsync();
        if (await Task.WhenAny(end, Task.Delay(_patience)) != end)
            throw new HostileMatchException("The pools do not end.");
        await end;
        _over.Dispose();
    }

    private async Task EndAsync()
    {
        await _life;
        await _liars.DisposeAsync();
        await _innocent.DisposeAsync();
    }

    private async Task<object?> OfMapAsync(int seed) =>
        (await _liars.MapAsync(Enumerable.Range(seed, 3), static number => number % 3 == 1 ? HostileTask.Play(number) : number)).Length;

    /// <summary>Calls all the while, in turns of the pool and of a child.</summary>
    private async Task LiveAsync()
    {
        for (int i = 0; !_over.IsCancellationRequested; i++)
        {
            int number = i;
            long begun = Stopwatch.GetTimestamp();
            var call = i % 20 == 0 ? ChildProcess.RunAsync(() => number + 1) : _innocent.RunAsync(static x => x + 1, number);
            if (await Task.WhenAny(call, Task.Delay(_patience)) != call)
                throw new HostileMatchException($"An innocent call did not end within {_patience}.");
            if (await call != number + 1)
                throw new HostileMatchException("An innocent call has a wrong answer.");
            Volatile.Write(ref _slowest, Math.Max(_slowest, Stopwatch.GetElapsedTime(begun).Ticks));
            Interlocked.Increment(ref _innocentCalls);
            await Task.Delay(5);
        }
    }

    /// <summary>What a program does with what it got.</summary>
    private static void Use(object? result)
    {
        _ = result?.ToString();
        if (result is System.Text.StringBuilder builder)
            builder.Append('x', 100);
        if (result is System.Collections.IEnumerable sequence and not Array)
            _ = sequence.Cast<object?>().Take(100_000).Count();
        int depth = 0;
        for (var exception = result as Exception; exception is not null; exception = exception.InnerException)
            if (++depth > 100_000)
                throw new HostileMatchException("The inner exceptions of an answer have no end.");
    }

    private sealed class Swallowed : IProgress<int>
    {
        public void Report(int value)
        {
        }
    }
}
