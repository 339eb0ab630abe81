using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>Where the operating system, processes and the console may be touched.</summary>
internal static class SystemAccess
{
    private static readonly string[] s_startingCalls = ["posix_spawn", "posix_spawnp", "fork", "vfork", "clone", "clone3", "execve", "execv", "execvp", "system", "popen"];

    internal static IEnumerable<string> ImportsOutsideInterop(SourceProject project) =>
        from file in project.Files
        where !file.IsInterop
        from attribute in file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
        where IsImport(attribute)
        select $"{project.Name}/{file.At(attribute)} imports a system call";

    internal static IEnumerable<string> SystemChecksOutsideInterop(SourceProject project) =>
        from file in project.Files
        where !file.IsInterop
        from access in file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        let owner = (access.Expression as SimpleNameSyntax ?? (access.Expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.Text
        let member = access.Name.Identifier.Text
        where (owner == "OperatingSystem" && member.StartsWith("Is", StringComparison.Ordinal))
            || (owner == "RuntimeInformation" && (member.StartsWith("IsOS", StringComparison.Ordinal) || member.StartsWith("OS", StringComparison.Ordinal)))
            || (owner == "Environment" && member == "OSVersion")
        select $"{project.Name}/{file.At(access)} asks which system this is";

    /// <summary>Structures of the C headers, in Interop, hold what they hold; everything else holds a SafeHandle or nothing.</summary>
    internal static IEnumerable<string> RawHandles(SourceProject project)
    {
        foreach (var file in project.Files)
        {
            var meaning = project.MeaningOf(file);
            foreach (var type in file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>())
            {
                if (meaning.GetDeclaredSymbol(type) is not INamedTypeSymbol symbol || (file.IsInterop && symbol.TypeKind == TypeKind.Struct))
                    continue;
                foreach (var field in symbol.GetMembers().OfType<IFieldSymbol>())
                    if (!field.IsConst && field.Type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr
                        && type.Span.Contains(PlaceOf(field).Span) && PlaceOf(field).SyntaxTree == file.Tree)
                        yield return $"{project.Name}/{file.At(PlaceOf(field))} keeps a raw handle";
            }
        }
    }

    internal static IEnumerable<string> ProcessesOutsideChildren(SourceProject project)
    {
        foreach (var file in project.Files)
        {
            if (file.Folder == "Children" || file.IsInterop)
                continue;
            var meaning = project.MeaningOf(file);
            foreach (var name in file.Syntax.DescendantNodes().OfType<SimpleNameSyntax>())
                if (meaning.GetSymbolInfo(name).Symbol is { } symbol && StartsProcess(symbol))
                    yield return $"{project.Name}/{file.At(name)} starts a process";
        }
    }

    internal static IEnumerable<string> ConsoleInLibraries(SourceProject project)
    {
        if (!project.IsPackage)
            yield break;
        foreach (var (file, place) in ConsoleUses(project))
            if (!Layers.Console.ContainsKey($"{project.Name}/{file}"))
                yield return $"{project.Name}/{place} touches the console";
    }

    internal static IEnumerable<(SourceFile File, string Place)> ConsoleUses(SourceProject project) =>
        from file in project.Files
        let meaning = project.MeaningOf(file)
        from name in file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
        where meaning.GetSymbolInfo(name).Symbol is INamedTypeSymbol symbol && symbol.ToDisplayString() == "System.Console"
        select (file, file.At(name));

    private static bool IsImport(AttributeSyntax attribute) =>
        attribute.Name.ToString().Split('.')[^1].Replace("Attribute", "") is "LibraryImport" or "DllImport";

    private static bool StartsProcess(ISymbol symbol)
    {
        if (symbol is INamedTypeSymbol type)
            return type.ToDisplayString() == "System.Diagnostics.ProcessStartInfo";
        if (symbol is not IMethodSymbol method)
            return false;
        if (method.ContainingType.ToDisplayString() == "System.Diagnostics.Process")
            return method.Name == "Start";
        string? entry = method.OriginalDefinition.DeclaringSyntaxReferences
            .SelectMany(reference => reference.GetSyntax().DescendantNodes().OfType<AttributeSyntax>())
            .Where(IsImport)
            .Select(attribute => EntryPoint(attribute) ?? method.Name)
            .FirstOrDefault();
        return s_startingCalls.Contains(entry);
    }

    private static string? EntryPoint(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments
            .Where(argument => argument.NameEquals?.Name.Identifier.Text == "EntryPoint")
            .Select(argument => (argument.Expression as LiteralExpressionSyntax)?.Token.ValueText)
            .FirstOrDefault();

    /// <summary>The field, or the property whose store the compiler makes.</summary>
    private static SyntaxNode PlaceOf(IFieldSymbol field) =>
        (field.AssociatedSymbol ?? field).DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).FirstOrDefault()
        ?? field.ContainingType.DeclaringSyntaxReferences[0].GetSyntax();
}
