using System.Reflection;
using Multitasking.Interop;

namespace Multitasking.Invocation;

/// <summary>
/// Tells whether two processes run the same build of an assembly: names of closures and layouts of values mean the same only then.
/// </summary>
internal static class BuildId
{
    /// <summary>Empty under NativeAOT, which keeps no module ids: one file holds everything there.</summary>
    internal static Guid Of(Assembly assembly) => Platform.IsNativeAot ? Guid.Empty : assembly.ManifestModule.ModuleVersionId;
}
