using System.Reflection;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation;

/// <summary>
/// Knows which classes are a progress. Such an object stays where it is: it crosses by reference, as the <see cref="IProgress{T}"/> that it
/// is used as, for a copy would take the reports that its owner waits for.
/// </summary>
internal static class ProgressTypes
{
    private const string WayOut =
        "a copy would swallow what is reported to it; declare the variable, field or parameter as the IProgress<T> that is used";

    /// <summary>Tells whether what is declared so crosses by reference, as a progress.</summary>
    internal static bool IsProgress(Type declared) =>
        declared.IsConstructedGenericType && declared.GetGenericTypeDefinition() is var definition
        && (definition == typeof(IProgress<>) || definition == typeof(Progress<>));

    /// <summary>
    /// The interface by which objects of a class are a progress; <see langword="null"/> for other classes, and those that are several.
    /// </summary>
    internal static Type? FaceOf(Type type) => FacesOf(type) is [var only] && !type.IsValueType ? only : null;

    /// <summary>The same of an object, for any but the framework's own.</summary>
    internal static Type? FaceOf(object value) =>
        ShapeCatalog.Find(value.GetType()) is ProgressShape { Type: { IsInterface: true } face } ? face : null;

    /// <summary>Why objects of this type cannot travel, where a progress is the reason.</summary>
    internal static string? WhyRefused(Type type) =>
        FacesOf(type).Count == 0 || FaceOf(type) is not null ? null : $"it is a progress, and {WayOut}";

    /// <summary>The same for one that stands where it would have to be an object of its class.</summary>
    internal static string WhyRefusedAs(Type declared) => $"it is a progress declared as {TypeNames.Of(declared)}, and {WayOut}";

    /// <summary>
    /// What is reported to a progress that stands somewhere: what the place says, or its class, if that is a progress of one type alone.
    /// </summary>
    internal static Type? ReportedTo(object progress, Slot slot) =>
        (slot.IsProgress ? slot.Declared : IsProgress(progress.GetType()) ? progress.GetType() : FaceOf(progress.GetType()))
            ?.GenericTypeArguments[0];

    /// <summary>The method that a delegate of an object calls in another process: of a progress its reporting, by the interface.</summary>
    internal static MethodInfo AcrossProcesses(MethodInfo method, object target)
    {
        var type = target.GetType();
        // As a rule it is none: each progress is found to be one, or refused.
        if (method.IsStatic || ShapeCatalog.Find(type) is not (null or ProgressShape))
            return method;
        foreach (var face in FacesOf(type))
            if (type.GetInterfaceMap(face) is var map && map.TargetMethods[0].MethodHandle == method.MethodHandle)
                return map.InterfaceMethods[0];
        return method;
    }

    private static List<Type> FacesOf(Type type)
    {
        var faces = new List<Type>();
        if (type.IsInterface || ShapeCatalog.IsFrameworks(type.Assembly))
            return faces;
        foreach (var face in type.GetInterfaces())
            if (face.IsConstructedGenericType && face.GetGenericTypeDefinition() == typeof(IProgress<>))
                faces.Add(face);
        return faces;
    }
}
