using Multitasking.Bootstrap;
using Multitasking.Interop;
using Multitasking.Transport;
using Xunit;

namespace Multitasking.Tests.Pools;

/// <summary>Tokens are cancelled for the task they belong to, whenever that is heard of.</summary>
public sealed unsafe class TaskArrivalTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Cancellation_that_comes_before_its_task_is_kept_for_it(long task)
    {
        var arrival = New();
        for (long before = 0; before < task; before++)
        {
            arrival.Begin(before);
            arrival.End();
        }
        arrival.Cancel(task, 1);
        arrival.Begin(task);
        Assert.True(arrival.Token(1, isCancelled: false).IsCancellationRequested);
        Assert.False(arrival.Token(2, isCancelled: false).IsCancellationRequested);
        arrival.End();
        arrival.Begin(task + 1);
        Assert.False(arrival.Token(1, isCancelled: false).IsCancellationRequested);
    }

    [Fact]
    public void Cancellation_that_comes_after_its_task_is_dropped()
    {
        var arrival = New();
        arrival.Begin(0);
        arrival.End();
        arrival.Cancel(0, 0);
        arrival.Begin(1);
        Assert.False(arrival.IsAsked);
        arrival.Cancel(1, 0);
        Assert.True(arrival.IsAsked);
    }

    private static TaskArrival New() => new(new AnswerStream(default, new WorkerBell(new SafeDescriptor(-1))), cancellations: null);
}
