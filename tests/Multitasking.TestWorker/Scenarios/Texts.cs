using System.Text;

namespace Multitasking.TestWorker.Scenarios;

/// <summary>Bytes and characters that do not come in whole pieces of text.</summary>
internal static class Texts
{
    private static readonly string[] s_names = ["GIVEN", "CHANGED", "REMOVED", "ADDED"];

    /// <summary>Says what children find of the variables that this program was given.</summary>
    internal static int ChildrenHaveRawVariables(string[] arguments)
    {
        Environment.SetEnvironmentVariable("CHANGED", "plain");
        Environment.SetEnvironmentVariable("REMOVED", null);
        Environment.SetEnvironmentVariable("ADDED", "\uFFFD");
        Console.Out.WriteLine($"child {ChildProcess.RunAsync(Given).Result}");
        Console.Out.WriteLine($"pool {ProcessPool.Shared.RunAsync(Given).Result}");
        Console.Out.WriteLine($"grandchild {ChildProcess.RunAsync(() => ChildProcess.RunAsync(Given)).Result}");
        return 0;
    }

    /// <summary>Prints characters of two halves, a half at a time.</summary>
    internal static int ChildrenWriteHalves(string[] arguments)
    {
        ChildProcess.RunAsync(WriteHalves).Wait();
        ProcessPool.Shared.RunAsync(WriteHalves).Wait();
        ProcessPool.Shared.RunAsync(static () => Console.Write("half \uD83D")).Wait();
        ProcessPool.Shared.RunAsync(static () => Console.WriteLine(" and no other")).Wait();
        return 0;
    }

    private static string Given()
    {
        byte[] all = File.ReadAllBytes("/proc/self/environ");
        var found = new List<string>();
        foreach (var range in all.AsSpan().Split((byte)0))
        {
            string text = Encoding.Latin1.GetString(all.AsSpan(range));
            if (Array.Exists(s_names, name => text.StartsWith(name, StringComparison.Ordinal)))
                found.Add(Convert.ToHexString(all.AsSpan(range)));
        }
        found.Sort(StringComparer.Ordinal);
        return string.Join(' ', found);
    }

    private static void WriteHalves()
    {
        Console.Write('\uD83D');
        Console.Write('\uDE00');
        Console.Write("a\uD83D");
        Console.Write("\uDE00b");
        Console.Out.WriteAsync('\uD83D').Wait();
        Console.Out.WriteAsync('\uDE00').Wait();
        Console.WriteLine("!");
    }
}
