using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Multitasking.Invocation;

/// <summary>Lists the members that a method's code names (ECMA-335, III.1.9 and III.1.2.1).</summary>
internal static class IlReader
{
    private const byte TwoBytes = 0xFE;

    private static readonly Lazy<Dictionary<short, OperandType>> s_operands = new(static () =>
    {
        var operands = new Dictionary<short, OperandType>();
        foreach (var field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
            if (field.GetValue(null) is OpCode code)
                operands[code.Value] = code.OperandType;
        return operands;
    });

    /// <returns>Their tokens; <see langword="null"/> where the code cannot be seen or understood.</returns>
    internal static List<int>? MembersNamedBy(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            return null;
        var tokens = new List<int>();
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == TwoBytes && at < code.Length)
                value = (short)((TwoBytes << 8) | code[at++]);
            if (!s_operands.Value.TryGetValue(value, out var operand))
                return null;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok)
                tokens.Add(BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)));
            at += SizeOf(operand, code, at);
        }
        return tokens;
    }

    private static int SizeOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at))),
        _ => 4,
    };
}
