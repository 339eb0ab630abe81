using Multitasking.Contracts;
using Multitasking.Interop;
using Xunit;

namespace Multitasking.Tests.Messaging;

/// <summary>What tests of channels have in common: whatever they wait for comes soon, or the test fails.</summary>
public abstract class ChannelTest : WorkerTest
{
    /// <summary>Fails the test when a task does not end, however it ends.</summary>
    protected static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(Until.Limit, Cancelled);

    /// <inheritdoc cref="Soon{T}(Task{T})"/>
    protected static Task Soon(Task task) => task.WaitAsync(Until.Limit, Cancelled);

    /// <inheritdoc cref="Soon{T}(Task{T})"/>
    protected static Task<T> Soon<T>(ValueTask<T> task) => Soon(task.AsTask());

    /// <inheritdoc cref="Soon{T}(Task{T})"/>
    protected static Task Soon(ValueTask task) => Soon(task.AsTask());

    /// <summary>Runs what blocks on a thread of its own.</summary>
    protected static Task<T> Beside<T>(Func<T> blocking) =>
        Task.Factory.StartNew(blocking, Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc cref="Beside{T}(Func{T})"/>
    protected static Task Beside(Action blocking) =>
        Task.Factory.StartNew(blocking, Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Starts a child that the test need not wait for.</summary>
    protected static ChildProcess Start(Action target)
    {
        var child = new ChildProcess(target) { IsDaemon = true };
        child.Start();
        return child;
    }

    protected static void Kill(ChildProcess child) => Assert.Equal(0, LibC.SendSignal(child.Id!.Value, Constants.SIGKILL));

    /// <summary>Waits for the end of a child that ends badly.</summary>
    protected static async Task EndOfAsync(ChildProcess child) =>
        await Soon(child.JoinAsync(Cancelled)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Reads to the end of the channel.</summary>
    protected static async Task<List<T>> AllOfAsync<T>(ProcessChannelReader<T> reader)
    {
        var all = new List<T>();
        await foreach (var item in reader.ReadAllAsync(Cancelled))
            all.Add(item);
        return all;
    }
}
