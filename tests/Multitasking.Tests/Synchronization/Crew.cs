using Multitasking.Contracts;
using Xunit;

namespace Multitasking.Tests.Synchronization;

/// <summary>Threads of a test, all of which must come to their end.</summary>
internal static class Crew
{
    /// <summary>Runs something on a thread of its own.</summary>
    internal static Task Start(Action work) => Bunch.Start(work).WaitAsync(Until.Limit);

    internal static Task Start<T>(Func<T> work, out Task<T> answer)
    {
        var result = new TaskCompletionSource<T>();
        answer = result.Task;
        return Start(() => result.SetResult(work()));
    }

    /// <summary>The same on several threads.</summary>
    internal static Task Start(int count, Action<int> work) => Task.WhenAll(Enumerable.Range(0, count).Select(number => Start(() => work(number))));

    /// <summary>Fails when something ends that should wait.</summary>
    internal static async Task AssertWaitsAsync(Task task, string what = "the wait")
    {
        await Task.Delay(30, TestContext.Current.CancellationToken);
        Assert.False(task.IsCompleted, $"{what} has ended");
    }
}
