using System.Diagnostics;

namespace Multitasking.Bootstrap;

/// <summary>
/// The static constructor or module initializer that the calling thread is in. It may start processes in the main process; in a child it
/// may not, because the child's own children would
/// run it again, and theirs, without end.
/// </summary>
internal static class RunningInitializer
{
    // ECMA-335, II.10.5.3 and II.22.26: also the name of a module's own, which belongs to no class.
    private const string InitializerName = ".cctor";
    private const string ModuleName = "<Module>";

    /// <summary>Refuses a start. For a child; a walk through its stack is short beside the start of a process.</summary>
    /// <exception cref="InvalidOperationException">An initializer is running on this thread.</exception>
    internal static void Refuse()
    {
        if (Find() is { } initializer)
            throw new InvalidOperationException(
                $"{initializer} runs in a child process ({ThisWorker.Identity.Name}) and would start another one, " +
                "in which it would run again, and so on without end. Start processes where their result is needed first " +
                "(Lazy<T>, a method that is called), not in a static constructor or a module initializer.");
    }

    private static string? Find()
    {
        DiagnosticMethodInfo? before = null;
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method)
                continue;
            // Under NativeAOT all of the child runs inside of a module initializer, the one that took it over.
            if (method.DeclaringTypeName == typeof(ChildRun).FullName)
                return null;
            if (method.Name == InitializerName)
                return IsOfModule(method)
                    ? $"The module initializer {Name(before)} of {method.DeclaringAssemblyName.Split(',')[0]}"
                    : $"The static initializer of {TypeName(method)}";
            before = method;
        }
        return null;
    }

    private static bool IsOfModule(DiagnosticMethodInfo method) => method.DeclaringTypeName is null or "" or ModuleName;

    private static string Name(DiagnosticMethodInfo? method) => method is null ? "" : $"{TypeName(method)}.{method.Name}";

    private static string? TypeName(DiagnosticMethodInfo method) => method.DeclaringTypeName?.Replace('+', '.');
}
