namespace Docs.Tests;

/// <summary>The working copy whose documents are tested.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    /// <summary>The documents: those in the root, below <c>docs</c>, and beside a project or a sample.</summary>
    internal static IReadOnlyList<MarkdownFile> Documents { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md")
            .Concat(new[] { "docs", "samples", "src", "tests", "bench" }
                .Select(folder => Path.Combine(Root, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Root, file))
            .Order(StringComparer.Ordinal)
            .Select(path => new MarkdownFile(path, File.ReadAllLines(Path.Combine(Root, path)))),
    ];

    internal static bool Has(string path) => Path.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Multitasking.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"No Multitasking.slnx above {AppContext.BaseDirectory}.");
    }
}
