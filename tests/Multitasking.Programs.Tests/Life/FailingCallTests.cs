using Multitasking.Contracts;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A system call that fails is tried again, replaced, or ends the one child that it concerned.</summary>
public sealed class FailingCallTests : ProgramTest
{
    [Theory]
    [InlineData("poll:error=ENOMEM:when=1")]
    [InlineData("poll:error=ENOMEM:when=1..5")]
    [InlineData("poll:error=EINVAL:when=2")]
    [InlineData("poll:error=EINTR:when=1..5")]
    [InlineData("sendto:error=ENOBUFS:when=1..3")]
    [InlineData("sendto:error=ENOMEM:when=1")]
    [InlineData("sendto:error=EINTR:when=1..3")]
    [InlineData("recvfrom:error=EINTR:when=1..3")]
    [InlineData("recvfrom:error=ENOMEM:when=1..3")]
    [InlineData("recvfrom:error=ENOMEM:when=1+2")]
    [InlineData("pidfd_open:error=EMFILE")]
    [InlineData("pidfd_open:error=ENOMEM:when=1")]
    [InlineData("pidfd_open:error=ENOSYS")]
    [InlineData("pidfd_open:error=EPERM")]
    [InlineData("wait4:error=EINTR:when=1")]
    public async Task Call_is_answered_although_the_system_fails_for_a_moment(string fault)
    {
        await using var parent = OtherParent.StartWithFaults(fault, "answers", "2");
        Assert.Equal(["an answer", "an answer"], await parent.OutputAsync());
        Assert.Equal((0, ""), (await parent.ExitAsync(), await parent.ErrorsAsync()));
    }

    [Theory]
    [InlineData("sendto:error=EIO:when=1")]
    [InlineData("sendto:error=EPERM:when=1")]
    public async Task Order_that_cannot_be_sent_ends_its_child_and_says_why(string fault)
    {
        await using var parent = OtherParent.StartWithFaults(fault, "answers", "2");
        var lines = await parent.OutputAsync();
        Assert.StartsWith("WorkerLostException: ", lines[0], StringComparison.Ordinal);
        Assert.Contains("after its link failed. send failed: ", lines[0], StringComparison.Ordinal);
        Assert.Equal((0, ""), (await parent.ExitAsync(), await parent.ErrorsAsync()));
    }

    [Theory]
    [InlineData("sendto:error=EPIPE:when=1")]
    [InlineData("sendto:error=ECONNRESET:when=1")]
    public async Task Child_that_takes_nothing_any_more_and_lives_on_is_ended(string fault)
    {
        await using var parent = OtherParent.StartWithFaults(fault, "answers", "1");
        Assert.StartsWith("WorkerLostException: ", (await parent.OutputAsync())[0], StringComparison.Ordinal);
        Assert.Equal((0, ""), (await parent.ExitAsync(), await parent.ErrorsAsync()));
    }

    [Theory]
    [InlineData("pidfd_send_signal:error=EPERM")]
    [InlineData("pidfd_send_signal:error=ENOSYS")]
    [InlineData("pidfd_open:error=EMFILE")]
    public async Task Limit_ends_the_child_although_no_signal_goes_through_its_descriptor(string fault)
    {
        await using var parent = OtherParent.StartWithFaults(fault, "over-its-limit");
        var lines = await parent.OutputAsync();
        Assert.StartsWith("TaskTimeoutException: ", lines[^2], StringComparison.Ordinal);
        Assert.Equal("alive: 0", lines[^1]);
        Assert.Equal((0, ""), (await parent.ExitAsync(), await parent.ErrorsAsync()));
    }

    [Theory]
    [InlineData("eventfd2:error=EMFILE:when=1", "eventfd failed")]
    [InlineData("socketpair:error=EMFILE:when=1", "socketpair failed")]
    public async Task Call_without_what_the_monitor_needs_fails_and_the_next_is_answered(string fault, string message)
    {
        await using var parent = OtherParent.StartWithFaults(fault, "answers-after-a-failure");
        var lines = await parent.OutputAsync();
        Assert.Contains(message, lines[0], StringComparison.Ordinal);
        Assert.Equal("an answer", lines[1]);
    }

    [Fact]
    public async Task Children_end_and_are_reaped_where_fewer_descriptors_are_allowed_than_there_are()
    {
        await using var parent = OtherParent.Start("limit-of-descriptors-is-lowered");
        Assert.Equal("terminated: 10, killed: 10", (await parent.OutputAsync())[^1]);
        Assert.Equal((0, ""), (await parent.ExitAsync(), await parent.ErrorsAsync()));
    }
}
