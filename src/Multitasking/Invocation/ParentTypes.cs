using System.Reflection;
using System.Runtime.CompilerServices;

namespace Multitasking.Invocation;

/// <summary>Types named by the parent, in its child: the same program, so they are loaded as the parent loaded them.</summary>
internal class ParentTypes : TypeReader
{
    internal override bool IsTrusted => true;

    internal override bool Allows(Type type) => true;

    internal override bool AllowsCode(Type type) => true;

    protected override Assembly Find(string fullName, Guid buildId, string location, PlugIn? plugIn)
    {
        var assembly = Load(fullName, location, plugIn);
        if (BuildId.Of(assembly) == buildId)
            return assembly;
        string name = assembly.GetName().Name!;
        throw new InvalidDataException(location.Length == 0 || location == assembly.Location
            ? $"{name} is another build here than in the process that started this one; " +
                "was the program rebuilt or replaced while it ran? Start it again."
            : $"{name} is {assembly.Location} here, and {location} in the process that started this one. " +
                "Load one of the two into an AssemblyLoadContext of its own.");
    }

    private static Assembly Load(string fullName, string location, PlugIn? plugIn)
    {
        // Nearly always; the name of an assembly takes a millisecond to parse in a young process.
        if (Assembly.GetEntryAssembly() is { } entry && entry.FullName == fullName && plugIn is null)
            return entry;
        if (typeof(ParentTypes).Assembly is var own && own.FullName == fullName)
            return own;
        return plugIn is null ? Assembly.Load(new AssemblyName(fullName)) : LoadApart(plugIn, location);
    }

    /// <summary>Apart, because native code loads what a method names when it is entered.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Assembly LoadApart(PlugIn plugIn, string location) => PlugInContext.Load(plugIn, location);
}
