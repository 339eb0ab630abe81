using System.Reflection.Emit;

namespace Multitasking.Invocation.Closures;

/// <summary>One instruction of a method.</summary>
/// <param name="Code">What it does.</param>
/// <param name="Operand">A token, the number of a variable, the distance of a jump; of what is longer than four bytes its
/// beginning.</param>
/// <param name="Table">The distances of a switch.</param>
/// <param name="Next">The offset of the instruction behind it, from which distances count.</param>
internal readonly record struct IlInstruction(OpCode Code, int Operand, int[] Table, int Next)
{
    /// <summary>The number of a variable in the short form of an instruction is a byte without sign.</summary>
    internal int Variable => Code.OperandType == OperandType.ShortInlineVar ? (byte)Operand : Operand;
}
