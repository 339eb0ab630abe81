using System.Reflection;

namespace Multitasking.Invocation.Closures;

/// <summary>
/// How many values a call takes and gives (ECMA-335, II.23.2.1 to II.23.2.3). Read from metadata, because to look at the types would load
/// them and their assemblies.
/// </summary>
/// <param name="Arguments">The values that it takes from the stack, the object of an instance method included.</param>
/// <param name="HasThis">Whether that is one.</param>
/// <param name="IsVoid">Whether it gives nothing.</param>
internal readonly record struct MethodSignature(int Arguments, bool HasThis, bool IsVoid)
{
    private const byte Generic = 0x10, This = 0x20, ExplicitThis = 0x40;

    private const byte ElementVoid = 0x01, ElementRequiredModifier = 0x1F, ElementOptionalModifier = 0x20;

    internal static MethodSignature Of(MethodBase method) =>
        new(
            method.GetParameters().Length + (method.IsStatic ? 0 : 1),
            !method.IsStatic,
            method is not MethodInfo { ReturnType: var type } || type == typeof(void));

    internal static MethodSignature Read(byte[] signature)
    {
        int at = 0;
        byte convention = signature[at++];
        if ((convention & Generic) != 0)
            ReadNumber(signature, ref at);
        int count = ReadNumber(signature, ref at);
        while (signature[at] is ElementRequiredModifier or ElementOptionalModifier)
        {
            at++;
            ReadNumber(signature, ref at);
        }
        bool hasThis = (convention & This) != 0;
        return new(count + (hasThis && (convention & ExplicitThis) == 0 ? 1 : 0), hasThis, signature[at] == ElementVoid);
    }

    private static int ReadNumber(byte[] signature, ref int at)
    {
        int first = signature[at++];
        if ((first & 0x80) == 0)
            return first;
        if ((first & 0x40) == 0)
            return ((first & 0x3F) << 8) | signature[at++];
        int number = ((first & 0x1F) << 24) | (signature[at] << 16) | (signature[at + 1] << 8) | signature[at + 2];
        at += 3;
        return number;
    }
}
