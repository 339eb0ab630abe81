using System.Reflection;

namespace Multitasking.TypeTable;

/// <summary>Delegates of any signature, which call methods of this program.</summary>
internal static class Delegates
{
    internal static Delegate? Of(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        Type[] types = [.. invoke.GetParameters().Select(static parameter => parameter.ParameterType)];
        bool returns = invoke.ReturnType != typeof(void);
        if (returns)
            types = [.. types, invoke.ReturnType];
        var method = Array.Find(typeof(Delegates).GetMethods(BindingFlags.NonPublic | BindingFlags.Static),
            method => method.Name == (returns ? nameof(Give) : nameof(Take)) && method.GetGenericArguments().Length == types.Length);
        try
        {
            return method is null ? null
                : Delegate.CreateDelegate(type, method.IsGenericMethodDefinition ? method.MakeGenericMethod(types) : method);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // It takes a reference, or a span; or native code has no such method.
            return null;
        }
    }

    private static void Take()
    {
    }

    private static void Take<T1>(T1 a)
    {
    }

    private static void Take<T1, T2>(T1 a, T2 b)
    {
    }

    private static void Take<T1, T2, T3>(T1 a, T2 b, T3 c)
    {
    }

    private static TResult? Give<TResult>() => default;

    private static TResult? Give<T1, TResult>(T1 a) => default;

    private static TResult? Give<T1, T2, TResult>(T1 a, T2 b) => default;

    private static TResult? Give<T1, T2, T3, TResult>(T1 a, T2 b, T3 c) => default;
}
