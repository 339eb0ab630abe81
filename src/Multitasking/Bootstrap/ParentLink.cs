using System.ComponentModel;
using System.Runtime.CompilerServices;
using Multitasking.Children;
using Multitasking.Interop;
using Multitasking.Invocation;
using Multitasking.Invocation.Trusting;
using Multitasking.Transport;
using static Multitasking.Interop.Constants;

namespace Multitasking.Bootstrap;

/// <summary>Finds out whether this process is really a child, and takes its end of the link from the environment.</summary>
internal static unsafe class ParentLink
{
    /// <param name="variable">
    /// The value of <see cref="SelfProgram.LinkVariable"/>: <c>link:parent:place</c>. No secret; the kernel vouches for it.
    /// </param>
    /// <param name="place">The descriptor of this process' place in the family.</param>
    /// <returns>The link's descriptor, or -1 when this process was not started as a child.</returns>
    internal static int TryOpen(string variable, out int place)
    {
        Win32Exception? failure = null;
        // Before anything else, as an extra to the end of the link: a child that is stopped cannot see that, and would stay for ever.
        bool isWellFormed = TryParse(variable, out int socket, out int parent, out place);
        bool isChild = isWellFormed && LibC.GetParentId() == parent;
        try
        {
            if (isChild)
                OnParentDeath(SIGKILL);
            RemoveFromEnvironment();
        }
        catch (Win32Exception exception) when (isChild)
        {
            failure = exception;
        }
        if (!isWellFormed)
            return -1;
        // The kernel recorded who made the pair. A variable that somebody set, or that leaked into another program, names no such socket.
        PeerCredentials peer;
        uint size = (uint)sizeof(PeerCredentials);
        if (LibC.GetSocketOption(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.ProcessId != parent)
        {
            if (isChild)
                OnParentDeath(0);
            return -1;
        }
        if (!isChild || LibC.GetParentId() != parent)
            LibC.ExitAtOnce(1);
        if (failure is not null)
            Refuse(socket, failure);
        return socket;
    }

    /// <summary>Tells the parent why this process cannot be its child, and ends.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refuse(int socket, Exception failure)
    {
        new ChildLink(socket).Send(FailureCodec.ToFrame(failure, Trust.None).Span);
        LibC.ExitAtOnce(1);
    }

    /// <summary>
    /// For a target that is to be asked when the parent is gone: a child that is stopped then goes on, and sees the end of the link.
    /// </summary>
    internal static void OutliveParentForAMoment() => OnParentDeath(SIGCONT);

    private static void OnParentDeath(int signal)
    {
        if (LibC.ProcessControl(PR_SET_PDEATHSIG, (nuint)signal, 0, 0, 0) != 0)
            throw SystemError.FromLast("prctl(PR_SET_PDEATHSIG)");
    }

    /// <summary>Removes what was meant for this process alone: programs that it starts are no children of the library's.</summary>
    private static void RemoveFromEnvironment()
    {
        Remove(SelfProgram.LinkVariable, "MULTITASKING_CHILD\0"u8);
        if (Environment.GetEnvironmentVariable(DiagnosticFiles.ForTools) != DiagnosticFiles.Off)
            return;
        Remove(DiagnosticFiles.ForTools, "DOTNET_EnableDiagnostics_IPC\0"u8);
        Remove(DiagnosticFiles.ForDebuggers, "DOTNET_EnableDiagnostics_Debugger\0"u8);
    }

    /// <summary>By its literal: converting a string brings in the runtime's interop library, which takes a millisecond to load.</summary>
    private static void Remove(string name, ReadOnlySpan<byte> native)
    {
        fixed (byte* start = native)
            if (LibC.RemoveEnvironmentVariable(start) != 0)
                throw SystemError.FromLast("unsetenv");
        // .NET reads through to the C library until something made it take a copy.
        if (Environment.GetEnvironmentVariable(name) is not null)
            Environment.SetEnvironmentVariable(name, null);
    }

    /// <summary>By hand: the framework's parser loads the culture first.</summary>
    private static bool TryParse(string variable, out int socket, out int parent, out int place)
    {
        parent = place = 0;
        int at = 0;
        return TryParseNumber(variable, ref at, out socket) && at < variable.Length && variable[at++] == ':'
            && TryParseNumber(variable, ref at, out parent) && at < variable.Length && variable[at++] == ':'
            && TryParseNumber(variable, ref at, out place) && at == variable.Length;
    }

    private static bool TryParseNumber(string text, ref int at, out int number)
    {
        number = 0;
        int start = at;
        for (; at < text.Length && text[at] is >= '0' and <= '9' && at - start < 9; at++)
            number = number * 10 + (text[at] - '0');
        return at > start;
    }
}
