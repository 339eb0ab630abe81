using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Architecture.Tests;

/// <summary>One project: its file, its sources and what they mean.</summary>
internal sealed class SourceProject
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location) || IsOfHosting(path))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Lazy<CSharpCompilation> _meaning;
    private readonly Dictionary<SyntaxTree, SourceFile> _byTree;
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    internal SourceProject(string name, string projectFile, IReadOnlyList<SourceFile> files)
    {
        Name = name;
        ProjectFile = XDocument.Parse(projectFile);
        Files = files;
        _byTree = files.ToDictionary(file => file.Tree);
        _meaning = new Lazy<CSharpCompilation>(Compile);
    }

    internal string Name { get; }

    internal XDocument ProjectFile { get; }

    internal IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The projects it refers to, as far as they were loaded.</summary>
    internal IReadOnlyList<SourceProject> Uses { get; set; } = [];

    internal string RootNamespace => Property("RootNamespace") ?? Name;

    /// <summary>Whether it ships as a package; otherwise it is a program.</summary>
    internal bool IsPackage => Property("IsPackable") == "true";

    internal IEnumerable<string> ProjectReferences => Items("ProjectReference").Select(path => path.Replace('\\', '/'));

    /// <summary>The packages that whoever uses this project gets too.</summary>
    internal IEnumerable<string> PackageReferences => ProjectFile.Descendants("PackageReference")
        .Where(item => (string?)item.Attribute("PrivateAssets") != "all")
        .Select(item => (string)item.Attribute("Include")!);

    internal CSharpCompilation Meaning => _meaning.Value;

    internal IEnumerable<string> Items(string kind) =>
        ProjectFile.Descendants(kind).Select(item => (string?)item.Attribute("Include")).OfType<string>();

    internal SemanticModel MeaningOf(SourceFile file) => _models.GetOrAdd(file.Tree, tree => Meaning.GetSemanticModel(tree));

    /// <summary>The file of this project that declares a symbol, if one does.</summary>
    internal SourceFile? Declares(ISymbol symbol) =>
        symbol.OriginalDefinition.DeclaringSyntaxReferences
            .Select(reference => _byTree.GetValueOrDefault(reference.SyntaxTree))
            .FirstOrDefault(file => file is not null);

    /// <summary>What Multitasking.Hosting builds on; it lies beside these tests.</summary>
    private static bool IsOfHosting(string path) => Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);

    private string? Property(string name) => ProjectFile.Descendants(name).FirstOrDefault()?.Value;

    private CSharpCompilation Compile()
    {
        string[] implicitUsings =
        [
            "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
        ];
        var usings = CSharpSyntaxTree.ParseText(
            string.Concat(implicitUsings.Select(name => $"global using {name};")), new CSharpParseOptions(LanguageVersion.Preview));
        return CSharpCompilation.Create(
            Name,
            [.. Files.Select(file => file.Tree), usings],
            [.. s_references, .. AllUses().Select(project => project.Meaning.ToMetadataReference())],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    private IEnumerable<SourceProject> AllUses() => Uses.SelectMany(project => project.AllUses().Append(project)).Distinct();
}
