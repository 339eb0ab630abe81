using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>
/// The arguments with nothing lost. A name on Linux is any bytes, but .NET hands an argument over as a string in which every byte
/// that is not UTF-8 has become U+FFFD; such a file could never be named. The kernel still has the bytes.
/// </summary>
internal static class RawArguments
{
    private const char Replacement = '\uFFFD';

    /// <summary>The arguments as <see cref="FilePath.FromText"/> understands them, bytes that are not UTF-8 as lone surrogates.</summary>
    public static IReadOnlyList<string> Of(string[] args) =>
        Array.Exists(args, static argument => argument.Contains(Replacement)) ? Recover(args, CommandLineBytes()) : args;

    /// <summary>
    /// The last <c>args.Length</c> entries of the command line: before them stand the program and, under <c>dotnet mtcopy.dll</c>, the host's own.
    /// </summary>
    internal static string[] Recover(string[] args, ReadOnlySpan<byte> commandLine)
    {
        List<string> all = Split(commandLine);
        return all.Count < args.Length ? args : [.. all[^args.Length..]];
    }

    private static List<string> Split(ReadOnlySpan<byte> commandLine)
    {
        var entries = new List<string>();
        while (commandLine.IndexOf((byte)0) is var end && end >= 0)
        {
            entries.Add(new FilePath(commandLine[..end]).ToText());
            commandLine = commandLine[(end + 1)..];
        }

        return entries;
    }

    private static byte[] CommandLineBytes()
    {
        try
        {
            return File.ReadAllBytes("/proc/self/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc the names stay as .NET gives them; the copy will say that there is no such file.
            return [];
        }
    }
}
