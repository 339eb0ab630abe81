using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests;

/// <summary>One C# file, by its path inside its project.</summary>
internal sealed class SourceFile(string path, string text)
{
    internal string Path { get; } = path;

    internal SyntaxTree Tree { get; } = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path);

    internal SyntaxNode Syntax => Tree.GetRoot();

    internal string FolderPath => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The folder right below the project's root; empty for a file in the root itself.</summary>
    internal string Folder => Path.Contains('/') ? Path[..Path.IndexOf('/')] : "";

    internal int Lines => Tree.GetText().Lines.Count;

    internal bool IsInterop => Folder == "Interop";

    /// <summary>The types that are not nested in another.</summary>
    internal IEnumerable<MemberDeclarationSyntax> TopTypes =>
        Syntax.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    internal static bool IsPublic(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.PublicKeyword);

    /// <summary>Where a node stands, for a message.</summary>
    internal string At(SyntaxNode node) => $"{Path}:{Tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}";

    public override string ToString() => Path;
}
