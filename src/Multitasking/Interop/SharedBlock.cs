using System.Runtime.InteropServices;
using static Multitasking.Interop.Constants;

namespace Multitasking.Interop;

/// <summary>
/// Memory that this process shares with others: anonymous (memfd_create(2)), so that it is gone with the last process that holds it.
/// </summary>
internal sealed unsafe class SharedBlock : SafeHandle
{
    private readonly long _size;

    private SharedBlock(nint address, long size) : base(0, ownsHandle: true)
    {
        _size = size;
        SetHandle(address);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Where it begins in this process; for use only while this object is alive.</summary>
    internal byte* Start => (byte*)handle;

    /// <summary>Makes memory, with all of its pages: what the system cannot give is an error here and no signal later.</summary>
    internal static SafeDescriptor Create(string name, long size)
    {
        byte* text = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        int descriptor = LibC.CreateMemory(text, MFD_CLOEXEC | MFD_ALLOW_SEALING);
        Marshal.FreeCoTaskMem((nint)text);
        if (descriptor < 0)
            throw SystemError.FromLast("memfd_create");
        var memory = new SafeDescriptor(descriptor);
        try
        {
            int error = LibC.AllocateFile(descriptor, 0, (nint)size);
            if (error != 0)
                throw SystemError.From("posix_fallocate", error);
            // Whoever cuts off what another has mapped ends that one by a signal (SIGBUS, mmap(2)).
            if (LibC.FileControl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
                throw SystemError.FromLast("fcntl(F_ADD_SEALS)");
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    internal static SharedBlock Map(int descriptor, long size)
    {
        void* address = LibC.Map(null, (nuint)size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        return (nint)address == MAP_FAILED ? throw SystemError.FromLast("mmap") : new SharedBlock((nint)address, size);
    }

    protected override bool ReleaseHandle() => LibC.Unmap((void*)handle, (nuint)_size) == 0;
}
