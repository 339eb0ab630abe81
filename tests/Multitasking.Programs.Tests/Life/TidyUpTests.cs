using Multitasking.Contracts;
using Multitasking.Interop;

namespace Multitasking.Programs.Tests.Life;

/// <summary>A target that holds a token is asked before it is ended.</summary>
public sealed class TidyUpTests : ProgramTest
{
    [Theory]
    [InlineData("tidying")]
    [InlineData("daemon-tidying")]
    [InlineData("parent-of-tidying", 2)]
    public async Task Target_that_holds_a_token_tidies_up_when_its_parent_is_killed(string kind, int count = 1)
    {
        await using var parent = OtherParent.Start("killed-with-children", kind);
        await parent.ChildrenAsync(count);
        parent.Signal(Constants.SIGKILL);
        Assert.Contains("tidied up", await parent.OutputAsync());
    }
}
