using System.Globalization;

namespace Multitasking.TestWorker.Faulty;

/// <summary>One round of a use of the library: each step ends within a limit, with what it should give or with an exception, and says so in a line.</summary>
internal sealed class Steps(string round)
{
    /// <summary>The exit code of a program in which a step did not end.</summary>
    internal const int Hanging = 70;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("MULTITASKING_STEP_LIMIT") ?? "30", CultureInfo.InvariantCulture));

    /// <summary>Runs a step on a thread of the pool, where it may block.</summary>
    internal async Task TryAsync(string name, Func<Task> step)
    {
        var task = Task.Run(step);
        if (await Task.WhenAny(task, Task.Delay(s_limit)) != task)
        {
            Say.Line($"{round} {name}: hangs");
            Native.ExitAtOnce(Hanging);
        }
        Say.Line($"{round} {name}: {Outcome(task)}");
    }

    internal Task TryAsync(string name, Action step) =>
        TryAsync(name, () =>
        {
            step();
            return Task.CompletedTask;
        });

    /// <summary>For what a step must bring if it brings anything.</summary>
    internal static void Require(bool isRight, string what)
    {
        if (!isRight)
            throw new WrongResultException(what);
    }

    /// <summary>Waits for something that a child does, and no longer than there is hope: a child that fails, or never starts, ends the wait with what it failed of.</summary>
    internal static async Task WhileAsync(Task child, Func<CancellationToken, Task> wait)
    {
        using var hopeless = new CancellationTokenSource();
        _ = child.ContinueWith(_ => hopeless.Cancel(), CancellationToken.None, TaskContinuationOptions.NotOnRanToCompletion, TaskScheduler.Default);
        try
        {
            await wait(hopeless.Token);
        }
        catch (OperationCanceledException) when (hopeless.IsCancellationRequested)
        {
            await child;
        }
        await child;
    }

    /// <summary>For what a step must end with.</summary>
    internal static async Task EndsWithAsync<T>(Task task)
        where T : Exception
    {
        try
        {
            await task;
        }
        catch (T)
        {
            return;
        }
        throw new WrongResultException($"ended without a {typeof(T).Name}");
    }

    private static string Outcome(Task task)
    {
        if (task.Exception?.InnerException is not { } exception)
            return "ok";
        // The whole story of what no caller should ever see.
        string story = exception is NullReferenceException or ObjectDisposedException or InvalidOperationException ? exception.ToString() : exception.Message;
        return $"{exception.GetType().Name}: {story.ReplaceLineEndings(" ")}";
    }
}
