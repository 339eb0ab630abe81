using System.Runtime.CompilerServices;

namespace Multitasking.TestWorker.Targets;

/// <summary>A module initializer that uses the library, for programs that are asked to have one by a variable.</summary>
internal static class StormyModule
{
    internal const string Variable = "MULTITASKING_TEST_MODULE_INITIALIZER";

    internal static string? Outcome { get; private set; }

    [ModuleInitializer]
    internal static void Start()
    {
        try
        {
            switch (Environment.GetEnvironmentVariable(Variable))
            {
                case "child":
                    Outcome = $"{ChildProcess.RunAsync(static () => 5).Result}";
                    break;
                case "pool":
                    Outcome = $"{ProcessPool.Shared.RunAsync(static () => 5).Result}";
                    break;
            }
        }
        catch (Exception exception) when (ChildProcess.Current.Name == "MainProcess")
        {
            Outcome = exception.ToString();
        }
    }
}
