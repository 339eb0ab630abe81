namespace Multitasking.TestWorker.Scenarios;

/// <summary>A main process that ends by itself while a child of its waits where no signal reaches it.</summary>
internal static class StuckChildren
{
    private const int OwnCode = 3;

    internal static int ExitWithDaemon(string[] arguments)
    {
        new ChildProcess(Read, args: [arguments[0]]) { IsDaemon = true }.Start();
        Console.In.ReadLine();
        Environment.Exit(OwnCode);
        return 0;
    }

    internal static int ExitWithWorker(string[] arguments)
    {
        _ = new ProcessPool(workers: 1).RunAsync(File.ReadAllText, arguments[0]);
        Console.In.ReadLine();
        Environment.Exit(OwnCode);
        return 0;
    }

    internal static int ReturnWithKilled(string[] arguments)
    {
        var child = new ChildProcess(Read, args: [arguments[0]]);
        child.Start();
        Console.In.ReadLine();
        child.Kill();
        return OwnCode;
    }

    private static void Read(string file) => File.ReadAllText(file);
}
