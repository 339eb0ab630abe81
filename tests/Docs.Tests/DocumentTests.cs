using Xunit;

namespace Docs.Tests;

public sealed class DocumentTests
{
    private const int MostLinesOfReadme = 200;

    private static readonly string[] s_folders = ["src/", "tests/", "samples/", "bench/", "docs/", ".ci/"];

    public static TheoryData<string> Programs => [.. Blocks("csharp").Select(block => block.ToString())];

    public static TheoryData<string> RunnablePrograms =>
        [.. Blocks("csharp").Where(block => block.Marks.Contains("run")).Select(block => block.ToString())];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_compiles(string place) =>
        AssertNone(Compiler.ErrorsOf(Compiler.Compile(At(place))));

    [Theory]
    [MemberData(nameof(RunnablePrograms))]
    public async Task A_program_that_is_marked_to_run_prints_what_the_page_says(string place)
    {
        var block = At(place);
        using var program = new PageProgram(Compiler.Compile(block));

        string output = await program.RunAsync(TestContext.Current.CancellationToken);

        if (block.Next is { Language: "text" } expected)
            Assert.Equal(Lines(expected.Text, block), Lines(output, block));
    }

    [Fact]
    public void A_block_that_does_not_compile_is_found_with_its_line()
    {
        var file = new MarkdownFile("page.md", ["# Page", "```csharp", "int n = 1;", "Nonsense();", "```"]);

        var errors = Compiler.ErrorsOf(Compiler.Compile(file.Blocks[0]));

        Assert.Contains("page.md: (3,0)", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_in_shell_lines_and_inline_code_exist()
    {
        var inBlocks = Blocks("sh").SelectMany(block => block.Text.Split('\n')
            .SelectMany((line, index) => line.Split(' ').Select(word => (Place: $"{block.File}:{block.Line + index}", Word: word))));
        var inline = Repository.Documents.SelectMany(file => file.InlineCode
            .SelectMany(code => code.Text.Split(' ').Select(word => (Place: $"{file}:{code.Line}", Word: word))));

        AssertNone(inBlocks.Concat(inline)
            .Where(one => s_folders.Any(folder => one.Word.StartsWith(folder, StringComparison.Ordinal)))
            .Where(one => !one.Word.Any(letter => letter is '*' or '<' or '…'))
            .Where(one => !Repository.Has(one.Word.TrimEnd(',', ';')))
            .Select(one => $"{one.Place}: {one.Word} does not exist"));
    }

    [Fact]
    public void Links_lead_somewhere() =>
        AssertNone(Repository.Documents.SelectMany(file => file.Links
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal))
            .Where(link => !Resolves(file, link.Target))
            .Select(link => $"{file}:{link.Line}: {link.Target} leads nowhere")));

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void The_readme_is_short_and_has_the_two_commands(string path)
    {
        var readme = Repository.Documents.Single(file => file.Path == path);
        var commands = readme.Blocks.Where(block => block.Language == "sh").SelectMany(block => block.Text.Split('\n')).ToList();

        Assert.InRange(readme.LineCount, 1, MostLinesOfReadme);
        Assert.Contains("dotnet run -c Release --project src/mtcopy -- src /tmp/src-copy", commands);
        Assert.Contains("dotnet test", commands);
    }

    private static IEnumerable<CodeBlock> Blocks(string language) =>
        Repository.Documents.SelectMany(file => file.Blocks).Where(block => block.Language == language);

    private static CodeBlock At(string place) => Blocks("csharp").Single(block => block.ToString() == place);

    private static IEnumerable<string> Lines(string text, CodeBlock block)
    {
        string[] lines = text.TrimEnd().Split('\n');
        return block.Marks.Contains("unordered") ? lines.Order(StringComparer.Ordinal) : lines;
    }

    private static bool Resolves(MarkdownFile file, string target)
    {
        string[] parts = target.Split('#');
        string path = parts[0].Length == 0 ? file.Path : Path.GetRelativePath(
            Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(file.Path)!, parts[0])));
        return Repository.Has(path)
            && (parts.Length == 1 || Repository.Documents.FirstOrDefault(other => other.Path == path)?.Anchors.Contains(parts[1]) != false);
    }

    /// <summary>All of them in the message, where Assert.Empty would cut them off.</summary>
    private static void AssertNone(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults));
}
