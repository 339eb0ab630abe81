using Multitasking.Contracts;

namespace Multitasking.Tests.Synchronization;

/// <summary>A bunch of threads that do the same.</summary>
internal static class Bunch
{
    /// <summary>Runs a function on as many threads, with their numbers; ends when all have, with the first failure if there is one, and fails when they do not end.</summary>
    internal static async Task<T[]> RunAsync<T>(int count, Func<int, T> function) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => Start(() => function(i)))).WaitAsync(Until.Limit);

    /// <inheritdoc cref="RunAsync{T}"/>
    internal static Task RunAsync(int count, Action<int> action) => RunAsync(count, i =>
    {
        action(i);
        return 0;
    });

    /// <summary>Runs a function on a thread of its own.</summary>
    internal static Task<T> Start<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                result.SetResult(function());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        })
        { IsBackground = true }.Start();
        return result.Task;
    }

    /// <inheritdoc cref="Start{T}"/>
    internal static Task Start(Action action) => Start(() =>
    {
        action();
        return 0;
    });
}
