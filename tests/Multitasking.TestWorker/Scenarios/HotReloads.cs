using System.Reflection;
using System.Reflection.Metadata;
using Multitasking.TestWorker.Targets;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>A program that is changed while it runs, as <c>dotnet watch</c> does it.</summary>
internal static class HotReloads
{
    internal static int IsChanged(string[] arguments)
    {
        var pool = new ProcessPool(workers: 1);
        Say.Line($"before: {Run(pool)}");
        Update();
        Refused("child", static () => ChildProcess.RunAsync(static () => 1).Wait());
        Refused("started child", static () => ChildProcess.Start(static () => { }));
        Refused("pool with a worker", () => pool.RunAsync(static () => 2).Wait());
        Refused("new pool", static () => ProcessPool.Shared.RunAsync(static () => 2).Wait());
        Refused("object", static () => SharedObject.StartAsync<ITotal>(static () => new Total()).Wait());
        AppContext.SetSwitch("Multitasking.CodeOnDiskAfterHotReload", true);
        Say.Line($"with the switch: {Run(pool)}");
        return 0;
    }

    private static string Run(ProcessPool pool) => $"{ChildProcess.RunAsync(static () => 1).Result} {pool.RunAsync(static () => 2).Result}";

    private static void Refused(string what, Action start)
    {
        try
        {
            start();
            Say.Line($"{what}: not refused");
        }
        catch (Exception exception)
        {
            string message = (exception.InnerException ?? exception).Message;
            Say.Line($"{what}: {message[..(message.IndexOf('.') + 1)]}");
        }
    }

    /// <summary>Calls the handlers of the library as the runtime's agent does.</summary>
    private static void Update()
    {
        foreach (var attribute in typeof(ChildProcess).Assembly.GetCustomAttributes<MetadataUpdateHandlerAttribute>())
            attribute.HandlerType.GetMethod("UpdateApplication", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.Invoke(null, [null]);
    }
}
