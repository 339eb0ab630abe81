using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary>Makes exceptions of failed system calls: the call, the number and the system's own words.</summary>
internal static class SystemError
{
    internal static int Last => Marshal.GetLastPInvokeError();

    /// <summary>
    /// Tells whether a call that gave this error may give another if it is made again: it was disturbed, or memory is short.
    /// </summary>
    internal static bool IsPassing(int error) => error is Constants.EINTR or Constants.EAGAIN or Constants.ENOMEM or Constants.ENOBUFS;

    internal static Win32Exception From(string call, int error) =>
        new(error, $"{call} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).");

    /// <summary>Brings in what an exception needs.</summary>
    internal static void Prepare() => _ = From("", 0).Message;

    internal static Win32Exception FromLast(string call) => From(call, Last);
}
