using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Transport;

/// <summary>The two ends of a private link. Nobody else can open either: it has no name, and neither end survives an exec by accident.</summary>
internal readonly record struct SocketPair(SafeDescriptor Near, SafeDescriptor Far)
{
    internal static unsafe SocketPair Create()
    {
        int* pair = stackalloc int[2];
        if (LibC.SocketPair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
            throw SystemError.FromLast("socketpair");
        return new SocketPair(new SafeDescriptor(pair[0]), new SafeDescriptor(pair[1]));
    }
}
