namespace Docs.Tests;

/// <summary>A fenced block.</summary>
/// <param name="File">The document that it stands in.</param>
/// <param name="Line">The line of its first line of code, counted from 1.</param>
/// <param name="Marks">The words behind the fence: <c>csharp run</c>.</param>
/// <param name="Text">What is between the fences.</param>
internal sealed record CodeBlock(MarkdownFile File, int Line, string[] Marks, string Text)
{
    internal string Language => Marks.Length > 0 ? Marks[0] : "";

    /// <summary>The block right behind it, with nothing but blank lines between.</summary>
    internal CodeBlock? Next { get; set; }

    public override string ToString() => $"{File.Path}:{Line}";
}
