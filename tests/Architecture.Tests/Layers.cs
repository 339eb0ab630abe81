namespace Architecture.Tests;

/// <summary>
/// The one table of what may refer to what: projects, the layers inside them, packages, namespaces, and the exceptions to rules.
/// </summary>
internal static class Layers
{
    /// <summary>The name of a layer of all files that stand in the project's root and are not named below.</summary>
    internal const string Face = "";

    /// <summary>The layers of a project from the lowest to the highest: a layer refers to lower ones only.</summary>
    /// <remarks>A layer is a folder right below the root, with all that is in it, or a few files of the root.</remarks>
    internal static IReadOnlyDictionary<string, string[]> Of { get; } = new Dictionary<string, string[]>
    {
        // Failures are for all to throw, and know nobody.
        ["Multitasking"] = [nameof(Vocabulary), "Failures", "Readers", "Interop", "Transport", "SharedMemory", "Invocation", "Synchronization", "Messaging", "Children", "Diagnostics", "Bootstrap", "Pools", "Objects", Face],
        // Globs are bytes against bytes and know no word of copying, so that options can refuse a pattern.
        ["Multitasking.Copying"] = ["Globs", nameof(Vocabulary), "Interop", "Filtering", "Planning", "Pacing", "Metadata", "Reporting", "Folders", "Removing", "Walking", "Copying", "Parts", "Workers", Face],
        ["Multitasking.Hosting"] = [nameof(Vocabulary), "Logging", "Health", "Lifetime", Face],
        ["mtcopy"] = [nameof(Vocabulary), "Interop", "CommandLine", "View", "Running", Face],
    };

    /// <summary>The projects of <c>src</c> that each may refer to.</summary>
    internal static IReadOnlyDictionary<string, string[]> Projects { get; } = new Dictionary<string, string[]>
    {
        ["Multitasking"] = [],
        ["Multitasking.Copying"] = ["Multitasking"],
        ["Multitasking.Hosting"] = ["Multitasking"],
        ["mtcopy"] = ["Multitasking.Copying"],
    };

    /// <summary>
    /// The packages that each project may name. The libraries stand on the framework alone, but for the one that joins them to a host.
    /// </summary>
    internal static IReadOnlyDictionary<string, string[]> Packages { get; } = new Dictionary<string, string[]>
    {
        ["Multitasking"] = [],
        ["Multitasking.Copying"] = [],
        ["Multitasking.Hosting"] = ["Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions"],
        ["mtcopy"] = ["Spectre.Console"],
    };

    /// <summary>What users write after <c>using</c>, whatever the folder.</summary>
    internal static IReadOnlyDictionary<string, string[]> PublicNamespaces { get; } = new Dictionary<string, string[]>
    {
        ["Multitasking"] = ["Multitasking", "Multitasking.Synchronization"],
        ["Multitasking.Copying"] = ["Multitasking.Copying"],
        // Where everybody's extensions of services stand.
        ["Multitasking.Hosting"] = ["Multitasking.Hosting", "Microsoft.Extensions.DependencyInjection"],
    };

    /// <summary>Files whose types stand outside the namespace of their folder, and why.</summary>
    internal static IReadOnlyDictionary<string, string> ForeignNamespaces { get; } = new Dictionary<string, string>
    {
        ["Multitasking/Bootstrap/StartupHook.cs"] = "The runtime looks for a class of this very name outside any namespace.",
    };

    /// <summary>Files of a library that write to the console, and why.</summary>
    internal static IReadOnlyDictionary<string, string> Console { get; } = new Dictionary<string, string>
    {
        ["Multitasking/Bootstrap/ChildMain.cs"] = "Somebody ran the library as a program.",
        ["Multitasking/Bootstrap/ConsoleLines.cs"] = "What tasks of a pool print must come out in whole lines.",
        ["Multitasking/Children/UnobservedFailure.cs"] = "The failure of a worker that nobody awaits would go unseen.",
    };

    /// <summary>The layer that a file belongs to.</summary>
    internal static string LayerOf(SourceProject project, SourceFile file)
    {
        if (file.Folder.Length > 0)
            return file.Folder;
        return Vocabulary.TryGetValue(project.Name, out var files) && files.Contains(file.Path) ? nameof(Vocabulary) : Face;
    }

    /// <summary>Files of a root that are not its top but words that all layers speak: options, results, kinds of errors.</summary>
    internal static IReadOnlyDictionary<string, string[]> Vocabulary { get; } = new Dictionary<string, string[]>
    {
        ["Multitasking"] = ["PoolOptions.cs", "TravelConverter.cs", "TravelConverter.Of.cs", "TravelConverterAttribute.cs", "TravelConverters.cs", "TrustAssemblyOfAttribute.cs"],
        ["Multitasking.Copying"] =
        [
            "CopyError.cs", "CopyErrorAction.cs", "CopyErrorKind.cs", "CopyEvent.cs", "CopyEventKind.cs", "CopyFailedException.cs", "CopyFileList.cs", "CopyFilter.cs", "CopyFilterRule.cs",
            "CopyOptions.cs", "CopyPause.cs", "CopyPreserve.cs", "CopyProgress.cs", "CopyRefusedException.cs", "CopyResult.cs", "CopyUpdate.cs", "CopyWriting.cs", "FilePath.cs",
            "ReflinkUse.cs", "SparseHandling.cs", "SymbolicLinkHandling.cs", "WorkerIsolation.cs",
        ],
        ["Multitasking.Hosting"] = ["PoolHealthOptions.cs"],
        ["mtcopy"] = ["ExitCode.cs"],
    };
}
