namespace Architecture.Tests;

/// <summary>The working copy that the tests look at.</summary>
internal static class Repository
{
    private static readonly string[] s_notSources = ["bin", "obj", "buildTransitive"];

    internal static string Root { get; } = FindRoot();

    /// <summary>All projects under <c>src</c>, those that others build on first.</summary>
    internal static IReadOnlyList<SourceProject> Sources { get; } = Load();

    /// <summary>The folders under <c>src</c>, as paths relative to it.</summary>
    internal static IEnumerable<string> SourceFolders =>
        Directory.EnumerateDirectories(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
            .Select(folder => Path.GetRelativePath(Path.Combine(Root, "src"), folder))
            .Where(IsSource);

    private static IReadOnlyList<SourceProject> Load()
    {
        var projects = new Dictionary<string, SourceProject>();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order())
            Add(file);
        return [.. projects.Values];

        SourceProject Add(string file)
        {
            if (projects.TryGetValue(file, out var known))
                return known;
            string folder = Path.GetDirectoryName(file)!;
            string text = File.ReadAllText(file);
            var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path))
                .Where(IsSource)
                .Order(StringComparer.Ordinal)
                .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(folder, path))));
            var project = new SourceProject(Path.GetFileNameWithoutExtension(file), text, [.. files]);
            project.Uses = [.. project.ProjectReferences
                .Select(reference => Path.GetFullPath(Path.Combine(folder, reference)))
                .Where(File.Exists)
                .Select(Add)];
            projects.Add(file, project);
            return project;
        }
    }

    private static bool IsSource(string path) => !path.Split('/').Any(s_notSources.Contains);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Multitasking.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"No Multitasking.slnx above {AppContext.BaseDirectory}.");
    }
}
