using System.Runtime.InteropServices;

namespace Multitasking.Transport;

/// <summary>A part of a message: bytes of an array of any unmanaged element type.</summary>
internal readonly record struct MessagePart(Array Memory, int Start, int Length)
{
    internal ReadOnlySpan<byte> Span => MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(Memory), Start + Length)[Start..];
}
