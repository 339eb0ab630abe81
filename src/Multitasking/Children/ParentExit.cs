namespace Multitasking.Children;

/// <summary>Sees to the children of a process that ends normally: daemons are terminated, the others are waited for.</summary>
/// <remarks>
/// An end by a signal, SIGTERM included, is left to the links: every child sees its own close, and one that holds a token gets time to
/// tidy up. A handler here would run before those that the program registered earlier (they run last in, first out), and would
/// end the workers of a program that means to drain them; docs/decisions/0003 has the whole of it.
/// </remarks>
internal static class ParentExit
{
    private static volatile bool s_hasBegun;

    internal static void Watch() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => EndDaemonsAndWait();

    /// <summary>Tells whether this process is ending: a daemon that was started now would be waited for in vain.</summary>
    internal static bool HasBegun => s_hasBegun;

    private static void EndDaemonsAndWait()
    {
        s_hasBegun = true;
        if (ProcessMonitor.CurrentOrNull is not { } monitor)
            return;
        foreach (var child in monitor.Children)
            if (child.IsDaemon)
                child.Terminate();
        // A child whose reports were more than this process took is heard again, so that it can end.
        monitor.Wake();
        monitor.WaitUntilNone();
    }
}
