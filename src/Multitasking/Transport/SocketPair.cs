using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>The two ends of a private link. Nobody else can open either: it has no name, and neither end survives an exec by accident.</summary>
internal readonly record struct SocketPair(SafeDescriptor Near, SafeDescriptor Far)
{
    internal static SocketPair Create() => Create(SOCK_STREAM);

    /// <summary>A pair that keeps messages apart, and tells of the end as a stream does.</summary>
    internal static SocketPair CreateForMessages() => Create(SOCK_SEQPACKET);

    private static unsafe SocketPair Create(int type)
    {
        int* pair = stackalloc int[2];
        if (LibC.SocketPair(AF_UNIX, type | SOCK_CLOEXEC, 0, pair) != 0)
            throw SystemError.FromLast("socketpair");
        return new SocketPair(new SafeDescriptor(pair[0]), new SafeDescriptor(pair[1]));
    }
}
