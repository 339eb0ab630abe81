using System.Runtime.CompilerServices;

namespace Multitasking.Copying.Metadata;

/// <summary>Memory for names and values of extended attributes, which the kernel bounds at 64 KiB each (<c>xattr(7)</c>). One set a thread; it does not move.</summary>
internal sealed unsafe class AttributeBuffers
{
    internal const int Size = 64 * 1024;

    [ThreadStatic]
    private static AttributeBuffers? s_own;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(4 * Size, pinned: true);

    internal static AttributeBuffers OfThread => s_own ??= new AttributeBuffers();

    internal byte* Names => Start;

    internal byte* OtherNames => Start + Size;

    internal byte* Value => Start + (2 * Size);

    internal byte* OtherValue => Start + (3 * Size);

    private byte* Start => (byte*)Unsafe.AsPointer(ref _bytes[0]);
}
