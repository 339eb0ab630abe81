using System.Diagnostics.CodeAnalysis;

/// <summary>Tells that it ran, once in each process.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for this very name.")]
internal static class StartupHook
{
    public static void Initialize() => Console.Error.WriteLine($"the program's own hook in process {Environment.ProcessId}");
}
