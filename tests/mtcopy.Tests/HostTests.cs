using Mtcopy.Tests.Running;

namespace Mtcopy.Tests;

/// <summary>The ways in which the command can be started.</summary>
public sealed class HostTests
{
    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public void Command_works_under_the_dotnet_host(string isolation)
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        string assembly = ShellQuoting.Quote(Path.Combine(AppContext.BaseDirectory, "mtcopy.dll"));
        space.MtcopyIn($@"mv src $'src\xff'; exec dotnet {assembly} -j 2 --isolation {isolation} $'src\xff' dst").ExitsWith(0);
        space.Bash(@"mv $'src\xff' src");
        Tree.AssertSame(space, "src", "dst");
    }
}
