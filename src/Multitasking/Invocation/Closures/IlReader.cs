using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Multitasking.Invocation.Closures;

/// <summary>Divides a method's code into instructions (ECMA-335, III.1.9 and III.1.2.1).</summary>
internal static class IlReader
{
    private const byte TwoBytes = 0xFE;

    private static readonly Lazy<OpCode?[]> s_codes = new(static () =>
    {
        // Those of one byte, and behind them those of two by their second.
        var codes = new OpCode?[2 * (byte.MaxValue + 1)];
        foreach (var field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
            if (field.GetValue(null) is OpCode code)
                codes[code.Size == 1 ? code.Value : byte.MaxValue + 1 + (byte)code.Value] = code;
        return codes;
    });

    /// <returns>The instructions by their offsets; <see langword="null"/> where one of them is unknown.</returns>
    internal static Dictionary<int, IlInstruction>? Read(byte[] code)
    {
        var instructions = new Dictionary<int, IlInstruction>(code.Length);
        for (int at = 0; at < code.Length;)
        {
            int offset = at, number = code[at++];
            if (number == TwoBytes)
                number = byte.MaxValue + 1 + code[at++];
            if (s_codes.Value[number] is not { } operation)
                return null;
            int size = SizeOf(operation.OperandType, code, at);
            int operand = size switch
            {
                0 => 0,
                1 => (sbyte)code[at],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(code.AsSpan(at)),
                _ => BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)),
            };
            int[] table = operation.OperandType == OperandType.InlineSwitch ? ReadTable(code, at, operand) : [];
            at += size;
            instructions.Add(offset, new IlInstruction(operation, operand, table, at));
        }
        return instructions;
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

    private static int[] ReadTable(byte[] code, int at, int count)
    {
        int[] table = new int[count];
        for (int i = 0; i < count; i++)
            table[i] = BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at + (4 * (i + 1))));
        return table;
    }
}
