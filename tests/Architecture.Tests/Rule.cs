namespace Architecture.Tests;

/// <summary>A rule about the sources, and a few lines that break it: they show that it bites.</summary>
/// <param name="Name">As ARCHITECTURE.md lists it.</param>
/// <param name="Violations">What in a project breaks the rule, one message each, with the place.</param>
/// <param name="Breach">A project that breaks the rule once in each of its files, or once in its project file.</param>
internal sealed record Rule(string Name, Func<SourceProject, IEnumerable<string>> Violations, SourceProject Breach)
{
    public override string ToString() => Name;

    /// <summary>A library with these sources.</summary>
    internal static SourceProject Library(params (string Path, string Text)[] files) =>
        Project("Multitasking", "<PropertyGroup><IsPackable>true</IsPackable></PropertyGroup>", files);

    internal static SourceProject Project(string name, string contents, params (string Path, string Text)[] files) =>
        new(name, $"<Project>{contents}</Project>", [.. files.Select(file => new SourceFile(file.Path, file.Text))]);
}
