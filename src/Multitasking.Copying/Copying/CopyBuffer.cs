using System.Runtime.CompilerServices;

namespace Multitasking.Copying.Copying;

/// <summary>The memory through which a worker copies. It does not move.</summary>
internal sealed unsafe class CopyBuffer
{
    internal const int Size = 256 * 1024;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);

    internal byte* Start => (byte*)Unsafe.AsPointer(ref _bytes[0]);
}
