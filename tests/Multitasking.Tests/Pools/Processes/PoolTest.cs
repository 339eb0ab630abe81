using System.Globalization;
using Multitasking.Contracts;
using Multitasking.Interop;
using Xunit;

namespace Multitasking.Tests.Pools.Processes;

/// <summary>What tests of a pool of processes have in common: workers that are found, killed, and found to be whole again.</summary>
public abstract class PoolTest : WorkerTest
{
    private static readonly TimeSpan s_patience = Until.Limit + TimeSpan.FromSeconds(15);

    // A test that has failed waits for its pool, and its pool for tasks that nobody lets go: they are ended then.
    private readonly Timer _watchdog = new(
        static _ =>
        {
            foreach (var child in ProcessIdentity.ChildrenOf(Environment.ProcessId))
                Kill(child.Id);
        },
        null, s_patience, TimeSpan.FromSeconds(1));

    /// <summary>For a time limit that is to pass.</summary>
    protected static TimeSpan Limit { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>For a grace that is to pass.</summary>
    protected static TimeSpan Grace { get; } = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _watchdog.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Fails the test when a task does not end, however it ends.</summary>
    protected static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(Until.Limit, Cancelled);

    /// <inheritdoc cref="Soon{T}(Task{T})"/>
    protected static Task Soon(Task task) => task.WaitAsync(Until.Limit, Cancelled);

    /// <summary>Waits for a task's end and gives what it failed with.</summary>
    protected static async Task<T> FailureAsync<T>(Task task) where T : Exception => await Assert.ThrowsAnyAsync<T>(() => Soon(task));

    /// <summary>How a task ended: <see langword="null"/> for a result.</summary>
    protected static async Task<Exception?> OutcomeAsync(Task task)
    {
        await Soon(Task.WhenAny(task));
        return task.IsCompletedSuccessfully ? null : task.Exception?.InnerException ?? new OperationCanceledException();
    }

    /// <summary>The process that runs the pool's next task.</summary>
    protected static async Task<ProcessIdentity> WorkerOfAsync(ProcessPool pool) =>
        ProcessIdentity.Of(await Soon(pool.RunAsync(static () => Environment.ProcessId, Cancelled)));

    /// <summary>How much processor time the thread of a pool with a name of two letters has taken: the system keeps fifteen of a thread's.</summary>
    protected static TimeSpan TimeOfPump(string name)
    {
        // The list of threads leaves some out while others end (first_tid in the kernel's fs/proc/base.c).
        for (int looks = 0; looks < 100; looks++)
            if (TryFindPump(name) is { } time)
                return time;
        throw new InvalidOperationException($"The pool {name} has no thread.");
    }

    private static TimeSpan? TryFindPump(string name)
    {
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
            try
            {
                if (File.ReadAllText($"{task}/comm").TrimEnd() != $"Multitasking.{name}")
                    continue;
                // As proc(5) counts them, fields 14 and 15, in hundredths of a second.
                string[] fields = File.ReadAllText($"{task}/stat").Split(' ');
                return TimeSpan.FromMilliseconds(10 * (int.Parse(fields[13], CultureInfo.InvariantCulture) + int.Parse(fields[14], CultureInfo.InvariantCulture)));
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        return null;
    }

    protected static void Kill(int id) => _ = LibC.SendSignal(id, Constants.SIGKILL);

    protected static Task EndOfAsync(ProcessIdentity process) => Until.TrueAsync(() => !process.IsAlive);

    /// <summary>Fails unless the pool does what it is for: as many tasks at the same time as it has workers, each with its own answer.</summary>
    protected async Task WorksAsync(ProcessPool pool)
    {
        var gate = NewGate();
        string folder = Directory.CreateDirectory($"{gate.FileName}-begun").FullName;
        var tasks = Enumerable.Range(0, pool.Workers).Select(number => pool.RunAsync(BeginAndPass, number, folder, gate, Cancelled)).ToArray();
        bool allWork = await Until.ComesTrueAsync(() => Directory.GetFiles(folder).Length == pool.Workers, Until.Limit);
        string state = $"{pool}: {Directory.GetFiles(folder).Length} work, {tasks.FirstOrDefault(static task => task.IsFaulted)?.Exception}";
        gate.Open();
        Assert.True(allWork, state);
        Assert.Equal(Enumerable.Range(0, pool.Workers), await Soon(Task.WhenAll(tasks)));
        Assert.InRange(pool.WorkersAlive, 1, pool.Workers + 1);
    }

    /// <summary>Starts a task that has begun when this returns, and that ends when its gate opens.</summary>
    /// <returns>The task, which brings the id of its process, the id before that, and the gate.</returns>
    protected async Task<(Task<int> Task, ProcessIdentity Worker, Gate Gate)> BusyAsync(ProcessPool pool)
    {
        var gate = NewGate();
        string file = $"{gate.FileName}-id";
        var task = pool.RunAsync(SayIdAndPass, file, gate, Cancelled);
        return (task, ProcessIdentity.Of(await ReadIdAsync(file)), gate);
    }

    /// <summary>Reads the id that a task has written by <see cref="WriteId"/>.</summary>
    protected static async Task<int> ReadIdAsync(string file)
    {
        await Until.TrueAsync(() => File.Exists(file), what: $"A task that writes {file}");
        return int.Parse(await File.ReadAllTextAsync(file, Cancelled), CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the id of this process to a file, all of it at once.</summary>
    protected static void WriteId(string file)
    {
        string part = $"{file}.{Environment.ProcessId}.part";
        File.WriteAllText(part, $"{Environment.ProcessId}");
        File.Move(part, file, overwrite: true);
    }

    private static int BeginAndPass(int number, string folder, Gate gate)
    {
        File.WriteAllText(Path.Combine(folder, $"{number}"), "");
        gate.Pass();
        return number;
    }

    private static int SayIdAndPass(string file, Gate gate)
    {
        WriteId(file);
        gate.Pass();
        return Environment.ProcessId;
    }
}
