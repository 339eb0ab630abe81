using System.Diagnostics.CodeAnalysis;

namespace Multitasking.Interop;

/// <summary>The one place that asks which system and which runtime this is.</summary>
internal static class Platform
{
    /// <summary>
    /// Tells whether the program was compiled to native code as a whole: there are no metadata tokens then, nor the list of assemblies that
    /// the host of every other runtime passes in. (RuntimeFeature cannot tell: a file-based program claims the same under the JIT.)
    /// The native compiler is told (Multitasking.targets), and leaves out what is done otherwise.
    /// </summary>
    [FeatureSwitchDefinition("Multitasking.NativeAot")]
    internal static bool IsNativeAot { get; } = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is null;

    /// <exception cref="PlatformNotSupportedException">Not Linux.</exception>
    internal static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException(
                "Child processes of Multitasking need Linux (posix_spawn, pidfd, socketpair). " +
                "ChildThread and the thread workers run on this system too.");
    }
}
