using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>How files, folders and namespaces look.</summary>
internal static class Shape
{
    private const int MostLines = 450;

    private static readonly string[] s_emptyWords = ["Utils", "Util", "Utilities", "Helpers", "Helper", "Common", "Managers", "Misc", "Shared"];

    internal static IEnumerable<string> SecondPublicTypes(SourceProject project) =>
        from file in project.Files
        where file.TopTypes.Count(SourceFile.IsPublic) > 1
        select $"{project.Name}/{file} declares {file.TopTypes.Count(SourceFile.IsPublic)} public types";

    internal static IEnumerable<string> EmptyFolderNames(SourceProject project) =>
        project.Files
            .Where(file => file.FolderPath.Split('/').Any(s_emptyWords.Contains))
            .Select(file => $"{project.Name}/{file} stands in a folder whose name says nothing");

    internal static IEnumerable<string> LongFiles(SourceProject project) =>
        project.Files
            .Where(file => file.Lines > MostLines)
            .Select(file => $"{project.Name}/{file} has {file.Lines} lines; {MostLines} is the most");

    /// <summary>The root of a package is what its users meet, and nothing else.</summary>
    internal static IEnumerable<string> HiddenTypesInTheRoot(SourceProject project) =>
        from file in project.Files
        where project.IsPackage && file.Folder.Length == 0
        from type in file.TopTypes
        where !SourceFile.IsPublic(type)
        select $"{project.Name}/{file.At(type)} is not public; it belongs into a folder";

    /// <summary>Internal types live in the namespace of their folder; public ones in the few that users write, whatever the folder.</summary>
    internal static IEnumerable<string> ForeignNamespaces(SourceProject project)
    {
        if (!project.IsPackage)
            yield break;
        foreach (var file in project.Files)
        {
            if (Layers.ForeignNamespaces.ContainsKey($"{project.Name}/{file}"))
                continue;
            string ofFolder = string.Join('.', file.FolderPath.Split('/').Prepend(project.RootNamespace).Where(part => part.Length > 0));
            foreach (var type in file.TopTypes)
            {
                string actual = (type.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString() ?? "";
                if (SourceFile.IsPublic(type)
                    ? !Layers.PublicNamespaces.GetValueOrDefault(project.Name, []).Contains(actual)
                    : actual != ofFolder)
                    yield return $"{project.Name}/{file.At(type)} is in the namespace '{actual}'";
            }
        }
    }

    /// <summary>Packages know each other by what they publish; only a test may look inside.</summary>
    internal static IEnumerable<string> OpenedInternals(SourceProject project) =>
        project.Items("InternalsVisibleTo")
            .Concat(
                from file in project.Files
                from attribute in file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
                where attribute.Name.ToString().Split('.')[^1].Replace("Attribute", "") == "InternalsVisibleTo"
                select attribute.ArgumentList!.Arguments[0].ToString().Trim('"'))
            .Where(friend => !friend.EndsWith(".Tests", StringComparison.Ordinal) && !friend.EndsWith(".Benchmarks", StringComparison.Ordinal))
            .Select(friend => $"{project.Name} opens its internals to {friend}");
}
