using Mtcopy.CommandLine.Texts;
using Mtcopy.Tests.Running;
using Multitasking.Copying;

namespace Mtcopy.Tests;

/// <summary>docs/mtcopy.md says what is.</summary>
public sealed class DocumentationTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mtcopy.md"));

    [Fact]
    public void Page_shows_the_help_as_it_is() => Assert.Contains(HelpText.Value, s_page, StringComparison.Ordinal);

    [Fact]
    public void Page_shows_code_that_compiles()
    {
        string source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "CopyAFolder.cs"));
        string[] parts = source.Split(["        // docs: begin\n", "        // docs: end\n"], StringSplitOptions.None);
        string example = string.Join('\n', parts[1].Split('\n').Select(static line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line));
        Assert.Contains($"```csharp\nusing Multitasking.Copying;\n\n{example}```", s_page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Example_copies()
    {
        using var space = new Workspace();
        Tree.MakeSmall(space, "src");
        CopyResult result = await CopyAFolder.RunAsync($"{space.Folder}/src", $"{space.Folder}/dst", TestContext.Current.CancellationToken);
        Assert.True(result.IsComplete);
        Tree.AssertSame(space, "src", "dst");
    }

    [Fact]
    public void Page_names_every_exit_code() =>
        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Contains($"| {(int)code} |", s_page, StringComparison.Ordinal));
}
