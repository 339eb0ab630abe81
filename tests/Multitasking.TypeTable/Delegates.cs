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

    private static void Take<T1, T2, T3, T4>(T1 a, T2 b, T3 c, T4 d)
    {
    }

    private static void Take<T1, T2, T3, T4, T5>(T1 a, T2 b, T3 c, T4 d, T5 e)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6>(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7>(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7, T8>(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7, T8, T9>(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l, T13 m)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l, T13 m, T14 n)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l, T13 m, T14 n, T15 o)
    {
    }

    private static void Take<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l, T13 m, T14 n, T15 o, T16 p)
    {
    }

    private static TResult? Give<TResult>() => default;

    private static TResult? Give<T1, TResult>(T1 a) => default;

    private static TResult? Give<T1, T2, TResult>(T1 a, T2 b) => default;

    private static TResult? Give<T1, T2, T3, TResult>(T1 a, T2 b, T3 c) => default;

    private static TResult? Give<T1, T2, T3, T4, TResult>(T1 a, T2 b, T3 c, T4 d) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, TResult>(T1 a, T2 b, T3 c, T4 d, T5 e) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, TResult>(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, TResult>(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, T8, T9, TResult>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TResult>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TResult>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TResult>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TResult>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l, T13 m) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TResult>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l, T13 m, T14 n) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TResult>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l, T13 m, T14 n, T15 o) => default;

    private static TResult? Give<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, TResult>(
        T1 a, T2 b, T3 c, T4 d, T5 e, T6 f, T7 g, T8 h, T9 i, T10 j, T11 k, T12 l, T13 m, T14 n, T15 o, T16 p) => default;
}
