using System.Reflection;
using Multitasking.Interop;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>Names a method so that another process of the same program finds the same one.</summary>
internal static class MethodIdentity
{
    private const byte ByToken = 0, BySignature = 1;

    // ECMA-335, II.22.26.
    private const int MethodDefinitionTable = 6;

    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    internal static void Write(GraphWriter writer, MethodInfo method, object? owner)
    {
        if (method.DeclaringType is not { } type)
            throw owner is null ? new TargetNotSupportedException(WhyDynamic(method)) : writer.Refuse(owner, WhyDynamic(method));
        writer.WriteTypeOfCode(type);
        var definition = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        if (!Platform.IsNativeAot)
        {
            writer.Bytes.WriteByte(ByToken);
            writer.Bytes.WriteNumber(definition.MetadataToken);
        }
        else
        {
            writer.Bytes.WriteByte(BySignature);
            writer.Bytes.WriteText(definition.ToString()!);
        }
        var arguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        writer.Bytes.WriteNumber(arguments.Length);
        foreach (var argument in arguments)
            writer.WriteType(argument);
    }

    internal static MethodInfo Read(GraphReader reader)
    {
        var type = reader.ReadTypeOfCode();
        var method = reader.Bytes.ReadByte() == ByToken
            ? Resolve(type, reader.Bytes.ReadNumber())
            : Search(type, reader.Bytes.ReadText());
        var arguments = new Type[reader.Bytes.ReadCount()];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = reader.ReadType();
        return arguments.Length == 0 ? method : reader.MakeMethod(method, arguments);
    }

    private static MethodInfo Resolve(Type type, int token)
    {
        // Of a definition: a reference could lead into another assembly, and a specification make types.
        if (token >>> 24 != MethodDefinitionTable)
            throw ByteReader.Malformed($"method {token:X8}, which {TypeNames.Of(type)} does not have");
        var found = type.Module.ResolveMethod(token);
        // A token names the method of the generic definition; the handle of the constructed type picks its own.
        if (found is not null && type.IsConstructedGenericType)
            found = MethodBase.GetMethodFromHandle(found.MethodHandle, type.TypeHandle);
        return found is MethodInfo method && method.DeclaringType == type
            ? method
            : throw ByteReader.Malformed($"a method that {TypeNames.Of(type)} does not have");
    }

    private static MethodInfo Search(Type type, string signature)
    {
        foreach (var method in type.GetMethods(Any))
            if (method.ToString() == signature)
                return method;
        throw ByteReader.Malformed($"the method {signature}, which {TypeNames.Of(type)} does not have");
    }

    private static string WhyDynamic(MethodInfo method) =>
        $"'{method.Name}' was made at run time (a compiled expression or a DynamicMethod) and does not exist in another process. " +
        "Use a method, a local function or a lambda";
}
