using System.CommandLine;
using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>From arguments to what they ask for.</summary>
internal static class RequestParser
{
    // A file may well be called @list: no argument is replaced by the contents of a file.
    private static readonly ParserConfiguration s_plain = new() { ResponseFileTokenReplacer = null };

    /// <summary>Reads the arguments; <paramref name="arguments"/> are strings as <see cref="RawArguments"/> gives them.</summary>
    public static Request Parse(IReadOnlyList<string> arguments)
    {
        var syntax = new Syntax();

        // System.CommandLine drops a first argument that is the command's own name. A folder may be called that, so the name is given.
        ParseResult parsed = syntax.Command.Parse([Syntax.CommandName, .. EscapeDirective(arguments)], s_plain);
        if (parsed.GetResult(syntax.Help) is { Implicit: false })
            return new HelpRequest();
        if (parsed.GetResult(syntax.Version) is { Implicit: false })
            return new VersionRequest();
        if (parsed.Errors is [var error, ..])
            return new WrongRequest(error.Message.TrimEnd('.'));

        string[] paths = parsed.GetResult(syntax.Paths) is { } result ? [.. result.Tokens.Select(static token => token.Value)] : [];
        if (UnknownOption(paths, arguments) is { } unknown)
            return new WrongRequest($"there is no option '{(FilePath)unknown}'; a path that begins with a dash stands behind --, or begins with ./");
        return Copy(paths, parsed.GetValue(syntax.Workers), parsed.GetValue(syntax.Isolation));
    }

    private static Request Copy(string[] paths, int workers, WorkerIsolation isolation)
    {
        if (paths.Length == 0)
            return new WrongRequest("what to copy, and where to?");
        if (Array.IndexOf(paths, "") >= 0)
            return new WrongRequest("a path is empty; the current folder is '.'");
        if (paths.Length == 1)
            return new WrongRequest($"where to copy '{(FilePath)paths[0]}' to?");
        var options = new CopyOptions { Workers = workers, Isolation = isolation };
        return new CopyRequest([.. paths[..^1].Select(FilePath.FromText)], paths[^1], options, new OutputRequest());
    }

    /// <summary>System.CommandLine takes an unknown option for an argument; only behind <c>--</c> is it one.</summary>
    private static string? UnknownOption(string[] paths, IReadOnlyList<string> arguments)
    {
        int dashes = arguments.IndexOf("--");
        int behindDashes = dashes < 0 ? 0 : arguments.Count - dashes - 1;
        return paths.SkipLast(behindDashes).FirstOrDefault(static path => path.Length > 1 && path[0] == '-');
    }

    /// <summary>A first argument in square brackets would be a directive of System.CommandLine; with ./ in front it is the same path.</summary>
    private static IEnumerable<string> EscapeDirective(IReadOnlyList<string> arguments) =>
        arguments is [['[', .., ']'] first, ..] ? arguments.Skip(1).Prepend($"./{first}") : arguments;

    private static int IndexOf(this IReadOnlyList<string> arguments, string wanted)
    {
        for (int i = 0; i < arguments.Count; i++)
            if (arguments[i] == wanted)
                return i;
        return -1;
    }
}
