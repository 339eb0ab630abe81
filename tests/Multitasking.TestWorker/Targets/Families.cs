namespace Multitasking.TestWorker.Targets;

/// <summary>Children that have children.</summary>
internal static class Families
{
    internal static void StartOne()
    {
        new ChildProcess(Blocked.Sleep).Start();
        Blocked.Sleep();
    }

    internal static void StartOneThatTidiesUp()
    {
        new ChildProcess(Blocked.TidyUpWhenAsked).Start();
        Blocked.Sleep();
    }

    internal static void StartADaemon()
    {
        new ChildProcess(Blocked.Sleep) { IsDaemon = true }.Start();
        Blocked.Sleep();
    }

    internal static void StartAParent()
    {
        new ChildProcess(StartOne).Start();
        Blocked.Sleep();
    }
}
