using Multitasking.Interop;

namespace Multitasking.Messaging;

/// <summary>The bytes of a graph of objects, as they were taken out of a ring, and what came beside them.</summary>
/// <param name="Rented">The bytes, from the shared pool of arrays.</param>
/// <param name="Length">How many of them.</param>
/// <param name="Descriptors">The descriptors that belong to it; empty where they were lost.</param>
/// <param name="Loss">Why they were lost, for who reads what needs one.</param>
internal readonly record struct TakenMessage(byte[] Rented, int Length, List<SafeDescriptor> Descriptors, IOException? Loss)
{
    internal ReadOnlyMemory<byte> Bytes => Rented.AsMemory(0, Length);
}
