using System.Runtime.CompilerServices;
using Multitasking.Interop;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// Makes objects of generic classes that have no state, by type arguments that are known when the program runs. The native compiler keeps
/// the one code for all classes where it sees the class made generic by reflection, and that for numbers where it sees it used.
/// </summary>
internal static class NativeParts
{
    /// <summary>Makes one for the type arguments of a type; <see langword="null"/> if native code has none for them.</summary>
    internal static T? Make<T>(Type definition, Type type)
        where T : class
    {
        try
        {
            return (T)RuntimeHelpers.GetUninitializedObject(definition.MakeGenericType(type.GenericTypeArguments));
        }
        catch (Exception exception) when (Platform.IsNativeAot
            && exception is NotSupportedException or InvalidOperationException or TypeLoadException)
        {
            return null;
        }
    }

    /// <summary>Makes one of a class, and has the compiler keep the code of others.</summary>
    internal static T Make<T>(Type parts, params T[] kept)
        where T : class =>
        Array.Find(kept, one => one.GetType() == parts) ?? (T)RuntimeHelpers.GetUninitializedObject(parts);
}
