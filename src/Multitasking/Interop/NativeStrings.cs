using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary>A null-terminated array of null-terminated strings, as <c>execve</c> takes its arguments and environment.</summary>
internal sealed unsafe class NativeStrings : SafeHandle
{
    internal NativeStrings(IReadOnlyList<byte[]> strings) : base(0, ownsHandle: true)
    {
        long size = (strings.Count + 1L) * sizeof(byte*);
        foreach (byte[] text in strings)
            size += text.Length + 1L;
        byte** block = (byte**)NativeMemory.Alloc(checked((nuint)size));
        SetHandle((nint)block);
        byte* at = (byte*)(block + strings.Count + 1);
        for (int i = 0; i < strings.Count; i++)
        {
            block[i] = at;
            strings[i].CopyTo(new Span<byte>(at, strings[i].Length));
            at += strings[i].Length;
            *at++ = 0;
        }
        block[strings.Count] = null;
    }

    public override bool IsInvalid => handle == 0;

    internal byte** Pointer => (byte**)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
