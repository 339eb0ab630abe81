using System.Reflection;
using Multitasking.Transport;

namespace Multitasking.Invocation.Shapes;

/// <summary>
/// MemoryPack's way of writing and reading one type. This library does not refer to MemoryPack, and takes the one that the type was compiled with.
/// </summary>
internal abstract class ContractCodec
{
    /// <returns><see langword="null"/> where that MemoryPack does not have what is used here.</returns>
    internal static ContractCodec? For(Type type, Assembly library)
    {
        var serializer = library.GetType("MemoryPack.MemoryPackSerializer");
        // Exact for any string, as the rest of the codec is; MemoryPack's default is UTF-8, which is not.
        object? options = library.GetType("MemoryPack.MemoryPackSerializerOptions")?.GetField("Utf16")?.GetValue(null);
        if (serializer is null || options is null)
            return null;
        MethodInfo? write = null, read = null;
        foreach (var method in serializer.GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            if (method is { Name: "Serialize", ReturnType: var nothing } && nothing == typeof(void) && IsGeneric(method, 2, 3) && IsWriter(method.GetParameters()[0]))
                write = method.MakeGenericMethod(type, typeof(ByteWriter));
            else if (method is { Name: "Deserialize", ReturnType: var count } && count == typeof(int) && IsGeneric(method, 1, 3)
                && method.GetParameters()[0].ParameterType == typeof(ReadOnlySpan<byte>))
                read = method.MakeGenericMethod(type);
        }
        return write is null || read is null
            ? null
            : (ContractCodec)Activator.CreateInstance(typeof(ContractCodec<,>).MakeGenericType(type, options.GetType()), write, read, options)!;
    }

    internal abstract void Write(ByteWriter bytes, object value);

    /// <returns>How many of the bytes it took.</returns>
    internal abstract int Read(ReadOnlySpan<byte> bytes, out object? value);

    private static bool IsGeneric(MethodInfo method, int arguments, int parameters) =>
        method.IsGenericMethodDefinition && method.GetGenericArguments().Length == arguments && method.GetParameters().Length == parameters;

    /// <summary>The overload that takes any buffer writer, not the one for MemoryPack's own.</summary>
    private static bool IsWriter(ParameterInfo parameter) => parameter.ParameterType is { IsByRef: true } type && type.GetElementType()!.IsGenericMethodParameter;
}
