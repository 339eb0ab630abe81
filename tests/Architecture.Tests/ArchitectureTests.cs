using Architecture.Tests.Rules;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Architecture.Tests;

public sealed class ArchitectureTests
{
    public static TheoryData<string> Rules => [.. AllRules.List.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_sources_keep_the_rule(string name)
    {
        var violations = Repository.Sources.SelectMany(Named(name).Violations);

        AssertNone(violations);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_rule_bites(string name)
    {
        var rule = Named(name);

        string found = string.Join('\n', rule.Violations(rule.Breach));

        Assert.NotEmpty(found);
        foreach (var file in rule.Breach.Files)
            if (!BreaksNothing(rule, file))
                Assert.True(found.Contains(file.Path, StringComparison.Ordinal) || rule.Breach.ProjectFile.Root!.HasElements, $"{file} went unnoticed:\n{found}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_rule_is_listed_in_ARCHITECTURE_md(string name) =>
        Assert.Contains($"`{name}`", File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md")), StringComparison.Ordinal);

    [Fact]
    public void The_sources_are_found()
    {
        Assert.Equal(Layers.Projects.Keys.Order(), Repository.Sources.Select(project => project.Name).Order());
        Assert.Contains(Repository.Sources.Single(project => project.Name == "Multitasking").Files, file => file.Path == "ChildProcess.cs");
    }

    [Fact]
    public void The_libraries_are_understood_whole_so_that_no_reference_is_overlooked()
    {
        // The bodies of LibraryImport methods come from a generator, which does not run here (CS8795), and calls of methods without a body
        // do not count as uses of their arguments (CS0165, CS0170).
        var errors = Repository.Sources.Where(project => project.IsPackage)
            .SelectMany(project => project.Meaning.GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id is not ("CS8795" or "CS0165" or "CS0170"));

        AssertNone(errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Every_exception_to_a_rule_is_still_needed()
    {
        var files = Repository.Sources.SelectMany(project => project.Files.Select(file => $"{project.Name}/{file}"));
        var consoles = Repository.Sources.SelectMany(project => SystemAccess.ConsoleUses(project).Select(use => $"{project.Name}/{use.File}"));

        AssertNone(Layers.Console.Keys.Except(consoles));
        AssertNone(Layers.ForeignNamespaces.Keys.Except(files));
    }

    /// <summary>All of them in the message, where Assert.Empty would cut them off.</summary>
    private static void AssertNone(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults));

    private static Rule Named(string name) => AllRules.List.Single(rule => rule.Name == name);

    /// <summary>Some files of a breach are only there to be referred to.</summary>
    private static bool BreaksNothing(Rule rule, SourceFile file) =>
        (rule.Name == "folders refer down only" && file.Folder == "Invocation") || file.Path == "Interop/LibC.cs";
}
