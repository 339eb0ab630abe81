using System.ComponentModel;
using Multitasking.Bootstrap;
using Multitasking.Interop;
using Multitasking.Transport;

namespace Multitasking;

/// <summary>
/// The door through which a child process comes in, called before its <c>Main</c> by lines that the package compiles into an executable.
/// </summary>
/// <remarks>Not for use by programs: it is public because those lines stand in another assembly.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ChildEntry
{
    /// <summary>Runs the target and ends the process, if it was started as a child; returns otherwise.</summary>
    /// <param name="link">The value of the environment variable <c>MULTITASKING_CHILD</c>.</param>
    public static void Enter(string link)
    {
        int socket = ParentLink.TryOpen(link, out int place);
        if (socket >= 0)
            ChildRun.ToTheEnd(new ChildLink(socket), new SafeDescriptor(place));
    }
}
