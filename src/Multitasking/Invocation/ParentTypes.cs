using System.Reflection;
using System.Runtime.Loader;

namespace Multitasking.Invocation;

/// <summary>Types named by the parent, in its child: the same program, so they are loaded as the parent loaded them.</summary>
internal class ParentTypes : TypeReader
{
    internal override bool IsTrusted => true;

    internal override bool Allows(Type type) => true;

    internal override bool AllowsCode(Type type) => true;

    protected override Assembly Find(string fullName, Guid buildId, string location)
    {
        var assembly = Load(fullName, location);
        if (BuildId.Of(assembly) != buildId)
            throw new InvalidDataException(
                $"{assembly.GetName().Name} is another build here than in the process that started this one; " +
                "was the program rebuilt or replaced while it ran? Start it again.");
        return assembly;
    }

    private static Assembly Load(string fullName, string location)
    {
        // Nearly always; the name of an assembly takes a millisecond to parse in a young process.
        if (Assembly.GetEntryAssembly() is { } entry && entry.FullName == fullName)
            return entry;
        if (typeof(ParentTypes).Assembly is var own && own.FullName == fullName)
            return own;
        try
        {
            return Assembly.Load(new AssemblyName(fullName));
        }
        catch (FileNotFoundException) when (location.Length > 0)
        {
            // A plug-in that the parent loaded by its path.
            return AssemblyLoadContext.Default.LoadFromAssemblyPath(location);
        }
    }
}
