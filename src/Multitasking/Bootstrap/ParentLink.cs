using Multitasking.Children;
using Multitasking.Interop;
using static Multitasking.Interop.Constants;

namespace Multitasking.Bootstrap;

/// <summary>Finds out whether this process is really a child, and takes its end of the link from the environment.</summary>
internal static unsafe class ParentLink
{
    /// <param name="variable">The value of <see cref="SelfProgram.LinkVariable"/>: <c>descriptor:parent</c>. No secret; the kernel vouches for it.</param>
    /// <returns>The link's descriptor, or -1 when this process was not started as a child.</returns>
    internal static int TryOpen(string variable)
    {
        // Programs that this one starts must not take themselves for children.
        OwnEnvironment.Set(SelfProgram.LinkVariable, null);
        int colon = variable.IndexOf(':');
        if (colon < 0 || !int.TryParse(variable.AsSpan(0, colon), out int socket) || !int.TryParse(variable.AsSpan(colon + 1), out int parent))
            return -1;
        // The kernel recorded who made the pair. A variable that somebody set, or that leaked into another program, names no such socket.
        PeerCredentials peer;
        uint size = (uint)sizeof(PeerCredentials);
        if (LibC.GetSocketOption(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.ProcessId != parent)
            return -1;
        if (LibC.FileControl(socket, F_SETFD, FD_CLOEXEC) != 0)
            throw SystemError.FromLast("fcntl(F_SETFD)");
        // An extra to the end of the link, for a child that is stopped and cannot see that. Set before asking who the parent is now.
        if (LibC.ProcessControl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
            throw SystemError.FromLast("prctl(PR_SET_PDEATHSIG)");
        if (LibC.GetParentId() != parent)
            LibC.ExitAtOnce(1);
        return socket;
    }
}
