using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Tests.View;

public sealed class ProblemsTests
{
    [Fact]
    public void Group_says_how_many_there_are_and_what_to_do() =>
        Assert.Equal(
            ["  1 could not be read: copy as a user who may, or check the disk", "  3 changed while being copied: copy again"],
            Problems.Groups([Error(CopyErrorKind.SourceChanged), Error(CopyErrorKind.SourceUnreadable), Error(CopyErrorKind.SourceChanged), Error(CopyErrorKind.SourceChanged)], wereFewNamed: true));

    [Fact]
    public void Group_says_how_many_were_not_named()
    {
        CopyError[] errors = [.. Enumerable.Repeat(Error(CopyErrorKind.SourceChanged), 130)];
        Assert.Equal(
            "  130 changed while being copied: copy again (10 named above, and 120 more: --log FILE lists all)",
            Assert.Single(Problems.Groups(errors, wereFewNamed: true)));
        Assert.Equal("  130 changed while being copied: copy again", Assert.Single(Problems.Groups(errors, wereFewNamed: false)));
    }

    [Fact]
    public void Every_kind_has_its_own_words()
    {
        CopyErrorKind[] kinds = Enum.GetValues<CopyErrorKind>();
        Assert.Equal(kinds.Length, kinds.Select(ProblemKinds.Describe).Distinct().Count());
        Assert.DoesNotContain(kinds, kind => ProblemKinds.Describe(kind) == "not copied");
    }

    private static CopyError Error(CopyErrorKind kind) => new("a", kind, "because", 0);
}
