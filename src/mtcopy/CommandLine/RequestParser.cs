using Mtcopy.CommandLine.Definitions;
using Multitasking.Copying;

namespace Mtcopy.CommandLine;

/// <summary>From arguments to what they ask for.</summary>
internal static class RequestParser
{
    /// <summary>Reads the arguments; <paramref name="arguments"/> are strings as <see cref="RawArguments"/> gives them.</summary>
    public static Request Parse(IReadOnlyList<string> arguments) => Parse(arguments, DateTimeOffset.Now);

    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">Strings as <see cref="RawArguments"/> gives them.</param>
    /// <param name="now">From when ages count.</param>
    public static Request Parse(IReadOnlyList<string> arguments, DateTimeOffset now)
    {
        GivenArguments given = ArgumentReader.Read(arguments);
        try
        {
            return Text(given) ?? Copy(given, now);
        }
        catch (UsageException wrong)
        {
            return new WrongRequest(wrong.Message);
        }
    }

    /// <summary>Texts are shown whatever else is wrong.</summary>
    private static Request? Text(GivenArguments given)
    {
        if (given.Find(KnownOptions.Help) is { } help)
            return new HelpRequest(help.Spelling == "-h");
        if (given.Has(KnownOptions.Version))
            return new VersionRequest();
        if (given.Has(KnownOptions.Man))
            return new ManPageRequest();
        return given.Choice(KnownOptions.Completion) is { } shell ? new CompletionRequest(shell) : null;
    }

    private static CopyRequest Copy(GivenArguments given, DateTimeOffset now)
    {
        if (given.Problem is { } problem)
            throw new UsageException(problem);
        CopyOptions options = CopyOptionsReader.Read(given, now);
        OutputRequest output = OutputReader.Read(given);
        Contradictions.Check(given, options);
        return given.Paths switch
        {
            [] => throw new UsageException("what to copy, and where to?"),
            var paths when paths.Contains("") => throw new UsageException("a path is empty; the current folder is '.'"),
            [var path] => throw new UsageException($"where to copy '{(FilePath)path}' to?"),
            var paths => new CopyRequest([.. paths.SkipLast(1).Select(FilePath.FromText)], paths[^1], options, output),
        };
    }
}
