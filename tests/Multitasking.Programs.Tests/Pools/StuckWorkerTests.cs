using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Pools;

/// <summary>A worker that SIGKILL does not end holds up neither its pool's tasks nor its pool's end, nor that of the program.</summary>
public sealed class StuckWorkerTests(StuckWorkers workers) : ProgramTest, IClassFixture<StuckWorkers>
{
    [Fact]
    public void Time_limit_gives_the_caller_an_exception_that_names_the_process()
    {
        workers.SkipWhereNoneCanBe();
        var error = Assert.IsType<TaskTimeoutException>(workers.Limited);
        Assert.Contains($"process {workers.LimitedId} does not end: 5 s after SIGKILL it is in state D", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_worker_takes_its_place()
    {
        workers.SkipWhereNoneCanBe();
        Assert.Equal(7, workers.Replaced.Answer);
        Assert.InRange(workers.Replaced.Workers, 1, 2);
    }

    [Fact]
    public void Trouble_and_the_meter_name_it_until_it_ends()
    {
        workers.SkipWhereNoneCanBe();
        Assert.StartsWith($"process {workers.LimitedId} does not end: ", workers.Replaced.Trouble, StringComparison.Ordinal);
        Assert.Equal(1, workers.Replaced.Counted);
        Assert.Equal((null, 0), workers.Afterwards);
    }

    [Fact]
    public void Cancellation_gives_the_caller_his_exception_and_the_pool_goes_on()
    {
        workers.SkipWhereNoneCanBe();
        Assert.IsAssignableFrom<OperationCanceledException>(workers.Cancelled.Outcome);
        Assert.Equal(7, workers.Cancelled.Answer);
    }

    [Fact]
    public void Abort_ends_its_task_and_lets_the_pool_be_disposed_of()
    {
        workers.SkipWhereNoneCanBe();
        Assert.IsAssignableFrom<OperationCanceledException>(workers.Aborted);
    }

    [Fact]
    public void Pool_that_is_disposed_of_ends_with_the_time_limit_of_its_task()
    {
        workers.SkipWhereNoneCanBe();
        Assert.IsType<TaskTimeoutException>(workers.Disposed);
    }

    [Fact]
    public void Program_ends_with_its_own_code()
    {
        workers.SkipWhereNoneCanBe();
        Assert.Equal(3, workers.ExitCode);
    }
}
