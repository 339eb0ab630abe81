using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Multitasking.Interop;
using Multitasking.Invocation;

namespace Multitasking.Objects;

/// <summary>Has the runtime make classes of proxies.</summary>
internal static class ProxyClass
{
    private const string WayOut = "Publish it without NativeAOT, or let the processes talk through a ProcessChannel.";

    /// <exception cref="PlatformNotSupportedException">It cannot.</exception>
    internal static void Check()
    {
        if (Platform.IsNativeAot)
            throw NotInNativeCode();
    }

    /// <exception cref="PlatformNotSupportedException">It cannot.</exception>
    internal static ObjectProxy Make(Type face)
    {
        // Asked here, so that the native compiler leaves out the rest, of which it would warn.
        if (Platform.IsNativeAot)
            throw NotInNativeCode();
        if (RuntimeFeature.IsDynamicCodeSupported)
            return (ObjectProxy)DispatchProxy.Create(face, typeof(ObjectProxy));
        using var permission = Permit(face);
        return (ObjectProxy)DispatchProxy.Create(face, typeof(ObjectProxy));
    }

    private static PlatformNotSupportedException NotInNativeCode() => new(
        $"A shared object needs a proxy that is made while the program runs, which a program compiled to native code cannot do. {WayOut}");

    /// <summary>
    /// A file-based program, and any that is to be published as native code, forbids itself to make code while it still runs under the JIT.
    /// This is how the framework's own compiled expressions get around that (System.Linq.Expressions, DelegateHelpers); docs/decisions/0014
    /// says why that is right here.
    /// </summary>
    private static IDisposable Permit(Type face) =>
        typeof(AssemblyBuilder).GetMethod("ForceAllowDynamicCode", BindingFlags.Static | BindingFlags.NonPublic, [])?.Invoke(null, null) as IDisposable
        ?? throw new PlatformNotSupportedException(
            $"A proxy of {TypeNames.Of(face)} cannot be made: this program forbids making code while it runs, as file-based ones do. Put '#:property PublishAot=false' at its top, or set DynamicCodeSupport in its project.");
}
