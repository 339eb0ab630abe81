using System.Globalization;

namespace Multitasking.Fuse.Serving;

/// <summary>What a test tells its server: <c>hold OPERATION NAME</c>, <c>fail OPERATION NUMBER ERROR NAME</c>, <c>release</c>.</summary>
internal static class Commands
{
    internal static string Hold(FuseOperation operation, string name) => $"hold {operation} {name}";

    internal static string Fail(FuseOperation operation, int number, FuseError error, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"fail {operation} {number} {error} {name}");

    internal const string Release = "release";

    internal const string Done = "ok";

    /// <summary>Does what the lines say until they end.</summary>
    internal static void Follow(TextReader lines, TextWriter answers, Server server)
    {
        while (lines.ReadLine() is { } line)
        {
            Do(line, server);
            answers.WriteLine(Done);
        }
    }

    private static void Do(string line, Server server)
    {
        switch (line.Split(' ', 5))
        {
            case ["hold", var operation, .. var name]:
                server.Hold(Enum.Parse<FuseOperation>(operation), string.Join(' ', name));
                break;
            case ["fail", var operation, var number, var error, var name]:
                server.Fail(Enum.Parse<FuseOperation>(operation), int.Parse(number, CultureInfo.InvariantCulture), Enum.Parse<FuseError>(error), name);
                break;
            case [Release]:
                server.Release();
                break;
            default:
                throw new ArgumentException($"No command: {line}", nameof(line));
        }
    }
}
