using System.Text;

namespace Multitasking.Children;

/// <summary>
/// Keeps the runtime of a child from putting the files of its diagnostics into the temporary folder: it removes them only where it ends
/// in good order, and a child may be killed. docs/decisions/0007 has the whole of it.
/// </summary>
internal static class DiagnosticFiles
{
    internal const string ForTools = "DOTNET_EnableDiagnostics_IPC";
    internal const string ForDebuggers = "DOTNET_EnableDiagnostics_Debugger";

    // The runtime reads a number. The second zero tells it from what a user wrote, which the child's own children inherit.
    internal const string Off = "00";

    /// <summary>Variables for a child; none where the user has decided.</summary>
    internal static IEnumerable<byte[]> Variables()
    {
        foreach (string name in (string[])["DOTNET_EnableDiagnostics", ForTools, ForDebuggers])
            if (Environment.GetEnvironmentVariable(name) is not null)
                return [];
        return [Encoding.UTF8.GetBytes($"{ForTools}={Off}"), Encoding.UTF8.GetBytes($"{ForDebuggers}={Off}")];
    }
}
