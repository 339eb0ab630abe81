// The older test host runs tests in a program of its own (testhost.dll), so that program is what a child has to be started as.
using Multitasking;
using Xunit;

public sealed class ChildTests
{
    [Fact]
    public async Task A_lambda_of_a_test_runs_in_a_child()
    {
        int captured = 20;

        (int answer, int parent) = await ChildProcess.RunAsync(async () =>
        {
            await Task.Yield();
            return (captured + 1, ChildProcess.ParentId);
        });

        Assert.Equal((21, Environment.ProcessId), (answer, parent));
    }

    [Fact]
    public async Task A_failure_comes_back_to_the_test()
    {
        var exception = await Assert.ThrowsAsync<RemoteException>(static () => ChildProcess.RunAsync(static () => Assert.Fail("wrong")));

        Assert.Contains("wrong", exception.Message, StringComparison.Ordinal);
    }
}
