using System.Text.RegularExpressions;
using Mtcopy.Tests.Running;
using Mtcopy.View;
using Multitasking.Copying;

namespace Mtcopy.Tests;

/// <summary>What docs/mtcopy.md says of <c>--json</c> is so.</summary>
public sealed partial class JsonDocumentationTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mtcopy.md"));

    [Fact]
    public void Example_is_what_the_program_writes()
    {
        using var space = new Workspace();
        space.Bash("mkdir photos; printf abc > photos/a.jpg; ln -s a.jpg photos/best.jpg; mkfifo photos/pipe");
        CommandResult result = space.Mtcopy("--json", "-j", "1", "photos", "backup").ExitsWith(1);
        string example = s_page.Split("```json\n")[1].Split("```")[0];
        Assert.Equal(Lines(example), Lines(result.Output));
    }

    [Fact]
    public void Page_names_every_kind()
    {
        Assert.All(
            Enum.GetValues<CopyEventKind>().Except([CopyEventKind.Failed, CopyEventKind.Finished]),
            kind => Assert.Contains($"| `{JsonFields.Name(kind)}` |", s_page, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<CopyErrorKind>(), kind => Assert.Contains($"`{JsonFields.Name(kind)}`", s_page, StringComparison.Ordinal));
    }

    /// <summary>The order of a folder's entries is the file system's choice; time and version are not the page's, and a copy that takes long on a busy machine tells how far it is.</summary>
    private static IEnumerable<string> Lines(string objects) =>
        Varying().Replace(objects, "").TrimEnd('\n').Split('\n')
            .Where(static line => !line.StartsWith("{\"type\":\"progress\"", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("\"(version|elapsed_seconds)\":(\"[^\"]*\"|[0-9.]+),?")]
    private static partial Regex Varying();
}
