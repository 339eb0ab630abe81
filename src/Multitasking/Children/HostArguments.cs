using System.Reflection;
using System.Text;

namespace Multitasking.Children;

/// <summary>This process' own command line, such that it starts the same program from any working directory.</summary>
internal static class HostArguments
{
    /// <summary>Options of <c>dotnet</c> and <c>dotnet exec</c> that are followed by a value, which may be a relative path.</summary>
    private static readonly string[] s_withValue =
    [
        "--additionalprobingpath", "--additional-deps", "--depsfile", "--runtimeconfig", "--fx-version", "--roll-forward",
        "--roll-forward-on-no-candidate-fx", "--roll-forward-to-prerelease",
    ];

    internal static IReadOnlyList<byte[]> OfThisProcess(string executable)
    {
        var arguments = Split(File.ReadAllBytes("/proc/self/cmdline"));
        if (arguments.Count == 0)
            throw new InvalidOperationException("/proc/self/cmdline is empty; this process cannot be started again.");
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
            MakeAbsolute(arguments);
        return arguments;
    }

    /// <summary><c>dotnet [exec] [options] app.dll ...</c>: the working directory may have changed since, so the paths are completed.</summary>
    private static void MakeAbsolute(List<byte[]> arguments)
    {
        for (int i = 1; i < arguments.Count; i++)
        {
            string text = Encoding.UTF8.GetString(arguments[i]);
            if (text == "exec")
                continue;
            if (!text.StartsWith('-'))
            {
                arguments[i] = Encoding.UTF8.GetBytes(EntryPath() ?? Path.GetFullPath(text));
                return;
            }
            if (Array.IndexOf(s_withValue, text) >= 0 && ++i < arguments.Count && Encoding.UTF8.GetString(arguments[i]) is var value && File.Exists(value))
                arguments[i] = Encoding.UTF8.GetBytes(Path.GetFullPath(value));
        }
    }

    private static string? EntryPath()
    {
#pragma warning disable IL3000 // Only asked when dotnet runs an assembly from a file.
        return Assembly.GetEntryAssembly()?.Location is { Length: > 0 } path ? path : null;
#pragma warning restore IL3000
    }

    private static List<byte[]> Split(byte[] commandLine)
    {
        var arguments = new List<byte[]>();
        for (int start = 0; start < commandLine.Length;)
        {
            int end = Array.IndexOf(commandLine, (byte)0, start);
            if (end < 0)
                end = commandLine.Length;
            arguments.Add(commandLine[start..end]);
            start = end + 1;
        }
        return arguments;
    }
}
