using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>Who may refer to whom.</summary>
internal static class Direction
{
    private static readonly ConditionalWeakTable<SourceProject, Lazy<Reference[]>> s_references = new();

    internal static IEnumerable<string> ProjectsUp(SourceProject project)
    {
        if (!Layers.Projects.TryGetValue(project.Name, out var allowed))
        {
            yield return $"{project.Name} has no place in the table of projects (Layers.cs)";
            yield break;
        }
        foreach (string reference in project.ProjectReferences)
            if (!allowed.Contains(Path.GetFileNameWithoutExtension(reference)))
                yield return $"{project.Name} refers to {reference}";
    }

    internal static IEnumerable<string> ForeignPackages(SourceProject project) =>
        project.PackageReferences
            .Except(Layers.Packages.GetValueOrDefault(project.Name, []))
            .Select(package => $"{project.Name} refers to the package {package}");

    internal static IEnumerable<string> LayersUp(SourceProject project)
    {
        if (!Layers.Of.TryGetValue(project.Name, out var layers))
        {
            yield return $"{project.Name} has no place in the table of layers (Layers.cs)";
            yield break;
        }
        foreach (string layer in project.Files.Select(file => Layers.LayerOf(project, file)).Distinct())
            if (!layers.Contains(layer))
                yield return $"{project.Name}/{layer} has no place in the table of layers (Layers.cs)";
        foreach (var reference in References(project))
            if (Array.IndexOf(layers, reference.To) > Array.IndexOf(layers, reference.From))
                yield return $"{reference.Place} refers up to {reference.What} in {Shown(reference.To)}";
    }

    internal static IEnumerable<string> Circles(SourceProject project)
    {
        var arrows = References(project).ToLookup(reference => reference.From);
        foreach (var start in arrows)
        {
            // The shortest way back to where it began.
            var ways = new Queue<Reference[]>(start.Select(reference => new[] { reference }));
            var seen = new HashSet<string>();
            while (ways.TryDequeue(out var way))
            {
                string at = way[^1].To;
                if (at == start.Key)
                {
                    yield return string.Join(", ", way.Select(step => $"{step.Place} refers to {step.What} in {Shown(step.To)}"));
                    break;
                }
                if (seen.Add(at))
                    foreach (var next in arrows[at])
                        ways.Enqueue([.. way, next]);
            }
        }
    }

    /// <summary>Every mention, in code, of something that another layer of the same project declares; each pair of layers once a file.</summary>
    private static Reference[] References(SourceProject project) =>
        s_references.GetValue(project, static project => new Lazy<Reference[]>(() => [.. FindReferences(project)])).Value;

    private static IEnumerable<Reference> FindReferences(SourceProject project)
    {
        foreach (var file in project.Files)
        {
            var meaning = project.MeaningOf(file);
            string from = Layers.LayerOf(project, file);
            var seen = new HashSet<string>();
            foreach (var node in file.Syntax.DescendantNodes())
                if (node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax
                    && meaning.GetSymbolInfo(node).Symbol is { } symbol and not INamespaceSymbol
                    && project.Declares(symbol) is { } other
                    && Layers.LayerOf(project, other) is var to && to != from && seen.Add(to))
                    yield return new Reference(from, to, file.At(node), symbol.Name);
        }
    }

    private static string Shown(string layer) => layer == Layers.Face ? "the root folder" : layer;

    private sealed record Reference(string From, string To, string Place, string What);
}
