using System.ComponentModel;
using Multitasking.TestWorker.Targets;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>Calls that are answered by a process of their own.</summary>
internal static class Calls
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    /// <summary>Makes as many calls as the argument says, one after the other.</summary>
    internal static int Answers(string[] arguments)
    {
        for (int i = int.Parse(arguments[0], null); i > 0; i--)
            Say.Line(Outcome(ChildProcess.RunAsync(static () => "an answer", s_long)));
        return 0;
    }

    /// <summary>Makes calls until one is answered.</summary>
    internal static int AnswersAfterAFailure(string[] arguments)
    {
        for (string outcome = ""; outcome != "an answer";)
            Say.Line(outcome = Outcome(ChildProcess.RunAsync(static () => "an answer", s_long)));
        return 0;
    }

    /// <summary>Makes calls on all threads of the pool, which may not grow, and waits there for lists.</summary>
    internal static int AnswersOnAFullThreadPool(string[] arguments)
    {
        int count = Environment.ProcessorCount;
        ThreadPool.SetMinThreads(count, count);
        ThreadPool.SetMaxThreads(count, count);
        using var done = new CountdownEvent(count);
        for (int i = 0; i < count; i++)
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Say.Line(ChildProcess.RunAsync(static () => new List<string> { "an answer" }, s_long).Result[0]);
                    done.Signal();
                },
                null);
        done.Wait();
        return 0;
    }

    internal static int OverItsLimit(string[] arguments)
    {
        Say.Line(Outcome(ChildProcess.RunAsync(
            static () =>
            {
                Stubborn.IgnoreSignals();
                return "an answer";
            },
            TimeSpan.FromMilliseconds(300))));
        Say.Line($"alive: {ChildProcess.ActiveChildren.Count}");
        return 0;
    }

    /// <summary>The first argument is a gate for the target, the second the limit in milliseconds.</summary>
    internal static int AnswersWhileStopped(string[] arguments)
    {
        string gate = arguments[0];
        Say.Line(Outcome(ChildProcess.RunAsync(
            () =>
            {
                Say.Here();
                FileGate.Pass(gate);
                return "an answer";
            },
            TimeSpan.FromMilliseconds(int.Parse(arguments[1], null)))));
        return 0;
    }

    private static string Outcome(Task<string> call)
    {
        try
        {
            return call.GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is MultitaskingException or Win32Exception)
        {
            return $"{exception.GetType().Name}: {exception.Message} {exception.InnerException?.Message}";
        }
    }
}
