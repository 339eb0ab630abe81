using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Docs.Tests;

/// <summary>Compiles a block as a program, with the prelude and the libraries of this repository.</summary>
internal static class Compiler
{
    private static readonly CSharpParseOptions s_language = new(LanguageVersion.CSharp14);

    // The packages are those that a page about hosts mentions.
    private static readonly string[] s_libraries = ["Multitasking.dll", "Multitasking.Copying.dll", "Multitasking.Hosting.dll", "Microsoft.Extensions.*.dll"];

    private static readonly SyntaxTree s_prelude = Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Docs.Tests", "Prelude.cs")), "Prelude.cs");

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Concat(Libraries)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The libraries as they were built for these tests, and the packages that they are used with.</summary>
    internal static IEnumerable<string> Libraries => s_libraries.SelectMany(name => Directory.EnumerateFiles(AppContext.BaseDirectory, name));

    internal static CSharpCompilation Compile(CodeBlock block) =>
        CSharpCompilation.Create(
            "Page",
            [s_prelude, Parse($"#line {block.Line} \"{block.File.Path}\"\n{block.Text}\n", block.File.Path)],
            s_references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What is wrong with it, by line of the document.</summary>
    internal static IEnumerable<string> ErrorsOf(CSharpCompilation compilation) =>
        compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => $"{diagnostic.Location.GetMappedLineSpan()}: {diagnostic.GetMessage(null)}");

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), s_language, path);
}
