using System.Runtime.InteropServices;
using static Multitasking.Interop.Constants;

namespace Multitasking.Interop;

/// <summary>
/// Memory that this process shares with others: anonymous (memfd_create(2)), so that it is gone with the last process that holds it.
/// </summary>
internal sealed unsafe class SharedBlock : SafeHandle
{
    // A signal makes the system give back what it has set aside so far in a call (EINTR), so a long call might never come to its end.
    private const long AtOnce = 64 << 20;

    // S_IRUSR in sys/stat.h (inode(7)), whose name the style takes for a prefix.
    private const int OwnerMayRead = 0x100;

    private readonly long _size;

    private SharedBlock(nint address, long size) : base(0, ownsHandle: true)
    {
        _size = size;
        SetHandle(address);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Where it begins in this process; for use only while this object is alive.</summary>
    internal byte* Start => (byte*)handle;

    /// <summary>Makes memory.</summary>
    /// <param name="name">What it is called in <c>/proc/self/maps</c>; it need not be unique, and nothing finds it by that.</param>
    /// <param name="size">How many bytes there are.</param>
    /// <param name="allocated">
    /// For how many of them the system sets pages aside now: what it cannot give is an error here and no signal later.
    /// </param>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused.</exception>
    internal static SafeDescriptor Create(string name, long size, long allocated) => Create(name, size, allocated, F_SEAL_SEAL);

    /// <summary>Makes memory with all of its pages, for <see cref="SealAgainstWriting"/>.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused.</exception>
    internal static SafeDescriptor CreateToSeal(string name, long size) => Create(name, size, size, 0);

    /// <summary>
    /// From now on and for good the memory is written through mappings that are there, and in no other way, by whomever (fcntl(2)).
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused.</exception>
    internal static void SealAgainstWriting(SafeDescriptor memory)
    {
        if (LibC.FileControl(memory.Number, F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) == 0)
            return;
        throw SystemError.Last == EINVAL
            ? new PlatformNotSupportedException("Memory that only one process writes needs Linux 5.1. Make the array without isSealed.")
            : SystemError.FromLast("fcntl(F_ADD_SEALS)");
    }

    private static SafeDescriptor Create(string name, long size, long allocated, int furtherSeals)
    {
        // Asked before: the system does not refuse what goes beyond but sends SIGXFSZ, which ends the program (setrlimit(2)).
        if (size > ResourceLimit.FileSize)
            throw SystemError.From("ftruncate", EFBIG);
        byte* text = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        int descriptor = LibC.CreateMemory(text, MFD_CLOEXEC | MFD_ALLOW_SEALING);
        Marshal.FreeCoTaskMem((nint)text);
        if (descriptor < 0)
            throw SystemError.FromLast("memfd_create");
        var memory = new SafeDescriptor(descriptor);
        try
        {
            while (LibC.SetLength(descriptor, (nint)size) != 0)
                if (SystemError.Last != EINTR)
                    throw SystemError.FromLast("ftruncate");
            Allocate(memory, 0, allocated);
            // Whoever cuts off what another has mapped ends that one by a signal (SIGBUS, mmap(2)).
            if (LibC.FileControl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | furtherSeals) != 0)
                throw SystemError.FromLast("fcntl(F_ADD_SEALS)");
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Makes memory, with all of its pages.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refused.</exception>
    internal static SafeDescriptor Create(string name, long size) => Create(name, size, size);

    /// <summary>Sets pages aside, so that touching them cannot fail.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There are not so many.</exception>
    internal static void Allocate(SafeDescriptor memory, long offset, long length)
    {
        for (long end = offset + length; offset < end; offset += AtOnce)
        {
            int error;
            do
                error = LibC.AllocateFile(memory.Number, (nint)offset, (nint)Math.Min(AtOnce, end - offset));
            while (error == EINTR);
            if (error != 0)
                throw SystemError.From("posix_fallocate", error);
        }
    }

    /// <summary>Gives whole pages back to the system, if it takes them; what is in them is nobody's afterwards.</summary>
    internal static void Free(SafeDescriptor memory, long offset, long length) =>
        _ = LibC.Allocate(memory.Number, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (nint)offset, (nint)length);

    /// <summary>Another descriptor for the same memory, through which it can be read and not be written.</summary>
    internal static SafeDescriptor ReopenToRead(SafeDescriptor memory)
    {
        // A process that is given the descriptor could open the memory anew through it, to write (proc_pid_fd(5)). Descriptors that are
        // open keep what they allow. Only its owner may change the mode: in a process of another
        // user that one has seen to it, or cannot be helped.
        if (LibC.ChangeMode(memory.Number, OwnerMayRead) != 0 && SystemError.Last != EPERM)
            throw SystemError.FromLast("fchmod of shared memory");
        byte* path = (byte*)Marshal.StringToCoTaskMemUTF8($"/proc/self/fd/{memory.Number}");
        int descriptor = LibC.Open(path, O_RDONLY | O_CLOEXEC);
        Marshal.FreeCoTaskMem((nint)path);
        return descriptor < 0 ? throw SystemError.FromLast("open of shared memory through /proc/self/fd") : new SafeDescriptor(descriptor);
    }

    /// <summary>
    /// Tells whether memory that another process made can be relied on: it is as long as that says, and nobody can cut it off.
    /// </summary>
    internal static bool IsWhole(SafeDescriptor memory, long size) =>
        LibC.Seek(memory.Number, 0, SEEK_END) == size
        && LibC.FileControl(memory.Number, F_GET_SEALS, 0) is var seals and >= 0 && (seals & F_SEAL_SHRINK) != 0;

    /// <summary>Tells whether a descriptor allows to read only.</summary>
    internal static bool IsReadOnly(SafeDescriptor memory)
    {
        int flags = LibC.FileControl(memory.Number, F_GETFL, 0);
        return flags < 0 ? throw SystemError.FromLast("fcntl(F_GETFL)") : (flags & O_ACCMODE) == O_RDONLY;
    }

    internal static SharedBlock Map(int descriptor, long size, bool isReadOnly = false)
    {
        void* address = LibC.Map(null, (nuint)size, isReadOnly ? PROT_READ : PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        return (nint)address == MAP_FAILED ? throw SystemError.FromLast("mmap") : new SharedBlock((nint)address, size);
    }

    /// <summary>Asks for large pages where the system has them, and leaves the contents out of core dumps. Both are hints.</summary>
    internal void AdviseForBulk()
    {
        _ = LibC.Advise((void*)handle, (nuint)_size, MADV_HUGEPAGE);
        _ = LibC.Advise((void*)handle, (nuint)_size, MADV_DONTDUMP);
    }

    /// <summary>Called when nobody in this process uses it any more, just before it is unmapped.</summary>
    internal Action? BeforeRelease { get; set; }

    protected override bool ReleaseHandle()
    {
        try
        {
            BeforeRelease?.Invoke();
        }
        finally
        {
            _ = LibC.Unmap((void*)handle, (nuint)_size);
        }
        return true;
    }
}
