using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation.Trusting;

/// <summary>The assemblies that an assembly lets objects come from, by <see cref="TrustAssemblyOfAttribute"/>.</summary>
internal static class AllowedAssemblies
{
    // A weak table of the core library, as in DeclaredAssemblies: another would be one more assembly to load.
    private static readonly ConditionalWeakTable<Assembly, HashSet<Assembly>> s_known = [];

    /// <summary>Those that the program allows.</summary>
    internal static IReadOnlySet<Assembly> ByProgram { get; } = Assembly.GetEntryAssembly() is { } program ? By(program)
        : new HashSet<Assembly>();

    internal static IReadOnlySet<Assembly> By(Assembly assembly) => s_known.GetValue(assembly, static assembly => Find(assembly));

    private static HashSet<Assembly> Find(Assembly assembly) =>
        [.. assembly.GetCustomAttributes<TrustAssemblyOfAttribute>().SelectMany(static allowed => DeclaredAssemblies.Of(allowed.Type))];
}
