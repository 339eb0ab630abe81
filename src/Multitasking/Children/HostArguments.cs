using System.Reflection;
using System.Text;

namespace Multitasking.Children;

/// <summary>
/// This process' own command line in its parts: what the <c>dotnet</c> host reads, the program, and what is the program's own.
/// </summary>
internal sealed class HostArguments
{
    /// <summary>Options of <c>dotnet</c> and <c>dotnet exec</c> that are followed by a value, which may be a relative path.</summary>
    private static readonly string[] s_withValue =
    [
        "--additionalprobingpath", "--additional-deps", "--depsfile", "--runtimeconfig", "--fx-version", "--roll-forward",
        "--roll-forward-on-no-candidate-fx", "--roll-forward-to-prerelease",
    ];

    private HostArguments(byte[] name, List<byte[]> options, byte[]? program, List<byte[]> own)
    {
        Name = name;
        Options = options;
        Program = program;
        Own = own;
    }

    /// <summary>The form in which the process was started.</summary>
    internal byte[] Name { get; }

    /// <summary>The arguments between <c>dotnet</c> and the program, with paths that hold in any working directory.</summary>
    internal IReadOnlyList<byte[]> Options { get; }

    /// <summary>The program's assembly, where <c>dotnet</c> runs it; <see langword="null"/> for an executable of its own.</summary>
    internal byte[]? Program { get; }

    /// <summary>The program's own arguments.</summary>
    internal IReadOnlyList<byte[]> Own { get; }

    /// <summary>The whole command line again.</summary>
    internal IReadOnlyList<byte[]> All => Program is null ? [Name, .. Own] : [Name, .. Options, Program, .. Own];

    internal static HostArguments OfThisProcess(string executable)
    {
        var arguments = Split(ReadCommandLine());
        if (arguments.Count == 0)
            throw new InvalidOperationException("/proc/self/cmdline is empty; this process cannot be started again.");
        if (Path.GetFileNameWithoutExtension(executable) != "dotnet")
            return new HostArguments(arguments[0], [], null, arguments[1..]);
        var options = new List<byte[]>();
        for (int i = 1; i < arguments.Count; i++)
        {
            string text = Encoding.UTF8.GetString(arguments[i]);
            if (text != "exec" && !text.StartsWith('-'))
            {
                byte[] program = Encoding.UTF8.GetBytes(EntryPath() ?? Path.GetFullPath(text));
                return new HostArguments(arguments[0], options, program, arguments[(i + 1)..]);
            }
            options.Add(arguments[i]);
            if (Array.IndexOf(s_withValue, text) >= 0 && ++i < arguments.Count)
                options.Add(Encoding.UTF8.GetString(arguments[i]) is var value && File.Exists(value)
                    ? Encoding.UTF8.GetBytes(Path.GetFullPath(value))
                    : arguments[i]);
        }
        return new HostArguments(arguments[0], options, null, []);
    }

    /// <summary>
    /// Where the assembly lies whose <c>Main</c> this process runs, or stands for; <see langword="null"/> in a single file.
    /// </summary>
    internal static string? EntryPath()
    {
        return Assembly.GetEntryAssembly()?.Location is { Length: > 0 } path ? path : null;
    }

    private static byte[] ReadCommandLine()
    {
        try
        {
            return File.ReadAllBytes("/proc/self/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                "This program cannot start children: it is started again with its own arguments, and /proc/self/cmdline, which has them, " +
                "cannot " +
                "be read. Mount /proc where the program runs (in a chroot: mount -t proc proc ROOT/proc).",
                exception);
        }
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
