using Mtcopy.Running;
using Multitasking.Copying;

namespace Mtcopy.Tests.Deciding;

public sealed class ExitCodesTests
{
    [Theory]
    [InlineData(nameof(ExitCode.Incomplete), CopyErrorKind.SourceUnreadable, CopyErrorKind.SourceChanged)]
    [InlineData(nameof(ExitCode.SourcesChanged), CopyErrorKind.SourceMissing, CopyErrorKind.SourceChanged)]
    [InlineData(nameof(ExitCode.VerificationFailed), CopyErrorKind.DestinationFull, CopyErrorKind.VerificationFailed)]
    [InlineData(nameof(ExitCode.DestinationFull), CopyErrorKind.WorkerHung, CopyErrorKind.DestinationFull)]
    [InlineData(nameof(ExitCode.WorkerHung), CopyErrorKind.LimitReached, CopyErrorKind.WorkerHung)]
    [InlineData(nameof(ExitCode.LimitReached), CopyErrorKind.SourceUnreadable, CopyErrorKind.LimitReached)]
    public void Gravest_problem_decides(string code, params CopyErrorKind[] kinds) =>
        Assert.Equal(Enum.Parse<ExitCode>(code), ExitCodes.Of(Result(kinds), isGivenUp: false, isErrorIfNone: true));

    [Fact]
    public void Copy_that_was_given_up_has_reached_a_limit_whatever_the_problems() =>
        Assert.Equal(ExitCode.LimitReached, ExitCodes.Of(Result(CopyErrorKind.SourceChanged), isGivenUp: true, isErrorIfNone: false));

    [Fact]
    public void Copy_that_deleted_something_has_done_something() =>
        Assert.Equal(ExitCode.Complete, ExitCodes.Of(Result() with { EntriesDeleted = 1 }, isGivenUp: false, isErrorIfNone: true));

    private static CopyResult Result(params CopyErrorKind[] kinds) => new()
    {
        FilesCopied = 0,
        FilesUnchanged = 0,
        FoldersCreated = 0,
        LinksCopied = 0,
        BytesCopied = 0,
        Errors = [.. kinds.Select(kind => new CopyError("a", kind, "because", 0))],
        Elapsed = TimeSpan.FromSeconds(1),
        WorkersLost = 0,
    };
}
