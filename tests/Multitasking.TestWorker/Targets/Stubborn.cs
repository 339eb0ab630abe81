using System.Globalization;

namespace Multitasking.TestWorker.Targets;

/// <summary>Targets that take away what might tell them that the parent is gone, or what might end them then.</summary>
internal static class Stubborn
{
    internal static void IgnoreSignals()
    {
        foreach (int signal in (int[])[Native.SIGTERM, Native.SIGINT, Native.SIGHUP, Native.SIGQUIT])
            _ = Native.SetSignalDisposition(signal, Native.SIG_IGN);
        Blocked.Sleep();
    }

    internal static void CloseStandardStreams()
    {
        Say.Here();
        for (int stream = 0; stream <= 2; stream++)
            _ = Native.Close(stream);
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>As daemons do that were written for C.</summary>
    internal static void CloseAllDescriptors()
    {
        Say.Here();
        foreach (string name in Directory.GetFileSystemEntries("/proc/self/fd").Select(Path.GetFileName).OfType<string>())
            _ = Native.Close(int.Parse(name, CultureInfo.InvariantCulture));
        Thread.Sleep(Timeout.Infinite);
    }

    internal static void HangInExitHandler()
    {
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => Thread.Sleep(Timeout.Infinite);
        Blocked.Sleep();
    }

    internal static void KeepForegroundThread()
    {
        new Thread(static () => Thread.Sleep(Timeout.Infinite)).Start();
        Blocked.Sleep();
    }
}
