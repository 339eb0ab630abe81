using System.Runtime.InteropServices;
using static Multitasking.Interop.Constants;

namespace Multitasking.Interop;

/// <summary><c>struct rlimit</c> (getrlimit(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ResourceLimit
{
    internal ulong Now;
    internal ulong Most;

    /// <summary>How large a file of this process may become. Shared memory is a file to the kernel.</summary>
    internal static long FileSize => Of(RLIMIT_FSIZE);

    /// <summary>How much this process may have mapped.</summary>
    internal static long AddressSpace => Of(RLIMIT_AS);

    /// <summary>How many descriptors this process may have open; more exactly, the lowest number that none may have.</summary>
    internal static long Descriptors => Of(RLIMIT_NOFILE);

    /// <summary>The limit in force; the largest number where there is none, or the system does not tell.</summary>
    private static long Of(int resource)
    {
        ResourceLimit limit;
        return LibC.GetLimit(resource, &limit) == 0 && limit.Now < long.MaxValue ? (long)limit.Now : long.MaxValue;
    }
}
