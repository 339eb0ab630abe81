using System.Diagnostics.CodeAnalysis;
using Multitasking;
using Multitasking.Children;

/// <summary>
/// The way in for a program whose entry assembly is not ours to compile into, such as a test host: the runtime calls this class by its
/// name before <c>Main</c> (DOTNET_STARTUP_HOOKS; it has to be outside any namespace).
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for this very name.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        // The hook is the parent's doing; what this process starts itself has only the hooks that were there before.
        string hooks = Environment.GetEnvironmentVariable(SelfProgram.HooksVariable) ?? "";
        int rest = hooks.IndexOf(':');
        Environment.SetEnvironmentVariable(SelfProgram.HooksVariable, rest < 0 ? null : hooks[(rest + 1)..]);
        if (Environment.GetEnvironmentVariable(SelfProgram.LinkVariable) is { } link)
            ChildEntry.Enter(link);
    }
}
