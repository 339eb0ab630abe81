using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Multitasking.Interop;

namespace Multitasking.Invocation;

/// <summary>Where this process has an assembly from. Found once: the runtime puts a location together anew each time.</summary>
internal sealed class AssemblyPlace
{
    private static readonly ConditionalWeakTable<Assembly, AssemblyPlace> s_known = [];

    // The paths of all that belongs to the program and its frameworks, with colons between them; nothing where the host does not say.
    private static readonly string? s_program = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES");

    private AssemblyPlace(Assembly assembly)
    {
        if (assembly.IsDynamic)
            throw new TargetNotSupportedException(
                $"{assembly.GetName().Name} was made at run time and does not exist in another process. " +
                "Use a method of a compiled assembly.");
        Location = assembly.Location;
        // One file holds everything there.
        if (Platform.IsNativeAot)
            return;
        var context = AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default;
        bool isApart = context != AssemblyLoadContext.Default;
        // In a single file the program's own assemblies have no location either.
        if (Location.Length == 0 && (isApart || typeof(AssemblyPlace).Assembly.Location.Length > 0))
            throw new TargetNotSupportedException(
                $"{assembly.GetName().Name} was loaded from memory, and another process has no file to load it from. " +
                "Write it to a file and load that (LoadFromAssemblyPath), or use a method of an assembly that has one.");
        if (isApart || !IsOfProgram(Location))
            Context = context;
    }

    /// <summary>Its file; empty in a single file.</summary>
    internal string Location { get; }

    /// <summary>The load context of a plug-in; <see langword="null"/> for what belongs to the program.</summary>
    internal AssemblyLoadContext? Context { get; }

    /// <exception cref="TargetNotSupportedException">It has no file.</exception>
    internal static AssemblyPlace Of(Assembly assembly) => s_known.GetValue(assembly, static assembly => new AssemblyPlace(assembly));

    internal static bool IsOfProgram(string location)
    {
        if (string.IsNullOrEmpty(s_program) || location.Length == 0 || location == typeof(AssemblyPlace).Assembly.Location)
            return true;
        int at = s_program.IndexOf(location, StringComparison.Ordinal);
        return at == 0 || (at > 0 && s_program[at - 1] == ':');
    }
}
