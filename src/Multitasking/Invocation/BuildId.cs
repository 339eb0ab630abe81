using System.Reflection;

namespace Multitasking.Invocation;

/// <summary>
/// Tells whether two processes run the same build of an assembly: names of closures and layouts of values mean the same only then.
/// </summary>
internal static class BuildId
{
    internal static Guid Of(Assembly assembly)
    {
        try
        {
            return assembly.ManifestModule.ModuleVersionId;
        }
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException)
        {
            // NativeAOT keeps no module ids, and one file holds everything.
            return Guid.Empty;
        }
    }
}
