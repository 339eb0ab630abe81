using System.Diagnostics.CodeAnalysis;
using Multitasking;
using Multitasking.Children;
using Multitasking.Interop;

/// <summary>The way into a child: the runtime calls this class by its name before <c>Main</c> (DOTNET_STARTUP_HOOKS; it has to be outside any namespace).</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for this very name.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        // The hook is the parent's doing; what this process starts itself has only the hooks that were there before.
        string hooks = Environment.GetEnvironmentVariable(SelfProgram.HooksVariable) ?? "";
        OwnEnvironment.Set(SelfProgram.HooksVariable, hooks.LastIndexOf(':') is >= 0 and var end ? hooks[..end] : null);
        if (Environment.GetEnvironmentVariable(SelfProgram.LinkVariable) is { } link)
            ChildEntry.Enter(link);
    }
}
