using Mtcopy.CommandLine;
using Mtcopy.Running;
using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Tests.Deciding;

public sealed class ProblemPolicyTests
{
    private static readonly CopyError s_changed = new("a", CopyErrorKind.SourceChanged, "it was written to", 0);

    [Fact]
    public void Entry_is_tried_again_as_often_as_the_user_wants()
    {
        using ProgressDisplay display = Silent();
        var policy = new ProblemPolicy(new OutputRequest { Retries = 2 }, new Problems(display));
        Assert.Equal(
            [CopyErrorAction.Retry, CopyErrorAction.Retry, CopyErrorAction.Skip],
            Enumerable.Range(1, 3).Select(attempt => policy.Decide(s_changed with { Attempt = attempt })));
    }

    [Theory]
    [InlineData(CopyErrorKind.SourceUnreadable, 5, true)]
    [InlineData(CopyErrorKind.SourceUnreadable, 13, false)]
    [InlineData(CopyErrorKind.DestinationUnwritable, 30, false)]
    [InlineData(CopyErrorKind.VerificationFailed, 0, true)]
    [InlineData(CopyErrorKind.UnsupportedType, 0, false)]
    [InlineData(CopyErrorKind.SourceMissing, 2, false)]
    public void Entry_is_not_tried_again_when_that_is_useless(CopyErrorKind kind, int errno, bool mayPass) =>
        Assert.Equal(mayPass, ProblemPolicy.MayPass(new CopyError("a", kind, "because", errno)));

    [Fact]
    public void Entry_is_not_tried_again_when_the_engine_cannot()
    {
        using ProgressDisplay display = Silent();
        Assert.Equal(CopyErrorAction.Skip, new ProblemPolicy(new OutputRequest { Retries = 2 }, new Problems(display)).Decide(s_changed with { CanRetry = false }));
    }

    [Fact]
    public void Copy_is_given_up_at_the_last_problem_that_is_allowed()
    {
        using ProgressDisplay display = Silent();
        var policy = new ProblemPolicy(new OutputRequest { MaxErrors = 2 }, new Problems(display));
        Assert.Equal(CopyErrorAction.Skip, policy.Decide(s_changed));
        Assert.False(policy.IsGivenUp);
        Assert.Equal(CopyErrorAction.Stop, policy.Decide(s_changed));
        Assert.True(policy.IsGivenUp);
    }

    private static ProgressDisplay Silent() => new(new OutputRequest { Progress = ProgressMode.None });
}
