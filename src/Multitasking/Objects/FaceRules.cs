using System.Reflection;
using Multitasking.Invocation;

namespace Multitasking.Objects;

/// <summary>Says which members of an interface cannot be called from another process, before there is one.</summary>
internal static class FaceRules
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Tells whether a call of it goes to the object. A sealed method of an interface runs where it is called, and calls the others.
    /// </summary>
    internal static bool IsCalled(MethodInfo method) => method.IsAbstract || (method.IsVirtual && !method.IsFinal && method.IsPublic);

    /// <exception cref="ArgumentException">It is not an interface.</exception>
    /// <exception cref="TargetNotSupportedException">It has a member that cannot be called from another process.</exception>
    internal static void Check(Type face)
    {
        if (!face.IsInterface)
            throw new ArgumentException($"{TypeNames.Of(face)} is not an interface. A shared object is called through one: declare what others may call.");
        if (face.GetEvents(Own).FirstOrDefault() is { } happening)
            throw Refuse(face, happening.Name, "is an event, whose handlers belong to another process; give a method a ProcessChannelWriter to write to");
        foreach (var method in face.GetMethods(Own))
            if (IsCalled(method))
                Check(face, method);
    }

    private static void Check(Type face, MethodInfo method)
    {
        if (method.IsGenericMethodDefinition)
            throw Refuse(face, method.Name, "is generic; declare it for the types that are used, or make the interface generic");
        foreach (var parameter in method.GetParameters())
            if (WhyRefused(parameter.ParameterType) is { } reason)
                throw Refuse(face, method.Name, $"takes '{parameter.Name}', and {reason}");
        if (WhyRefused(MemberResult.ValueOf(method.ReturnType)) is { } why)
            throw Refuse(face, method.Name, $"has a result that cannot cross: {why}");
    }

    private static string? WhyRefused(Type type)
    {
        if (type.IsByRef)
            return "a ref, out or in parameter refers to this process' memory; take the value, and return a value or a tuple";
        if (type == typeof(void) || type == typeof(CancellationToken))
            return null;
        if (ProgressTypes.IsProgress(type))
            return "what is reported to an IProgress would have to find its way back; give it a ProcessChannelWriter";
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerator<>)))
            return "a stream cannot cross; return a list, or write into a ProcessChannelWriter that the caller gives";
        // What an object of such a type is, a call will show.
        return type.IsInterface || type.IsAbstract || type == typeof(object) ? null : ShapeCatalog.WhyRefused(Nullable.GetUnderlyingType(type) ?? type);
    }

    private static TargetNotSupportedException Refuse(Type face, string member, string reason)
    {
        string name = $"{TypeNames.Of(face)}.{member}";
        return new TargetNotSupportedException($"{name} cannot be called from another process: it {reason}.", name);
    }
}
