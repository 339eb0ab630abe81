using System.Globalization;

namespace Multitasking.TestWorker;

/// <summary>The lines on standard output that tests wait for.</summary>
internal static class Say
{
    /// <summary>A child is up: its name and its id.</summary>
    internal static void Here() => Line(string.Create(CultureInfo.InvariantCulture, $"here {ChildProcess.Current.Name} {Environment.ProcessId}"));

    internal static void Line(string text) => Console.Out.WriteLine(text);
}
