using Mtcopy.CommandLine.Definitions;
using Mtcopy.CommandLine.Values;

namespace Mtcopy.CommandLine;

/// <summary>What the user wants to see, from the arguments.</summary>
internal static class OutputReader
{
    private const int MostRetries = 1000;

    /// <exception cref="UsageException">A value is wrong.</exception>
    public static OutputRequest Read(GivenArguments given) => new()
    {
        Progress = given.Choice(KnownOptions.Progress) switch
        {
            "plain" => ProgressMode.Plain,
            "none" => ProgressMode.None,
            _ => ProgressMode.Auto,
        },
        DryRun = given.Choice(KnownOptions.DryRun) switch
        {
            "all" => DryRunDetail.All,
            "explain" => DryRunDetail.Explain,
            _ => DryRunDetail.Brief,
        },
        Verbosity = given.Has(KnownOptions.Verbose) ? Verbosity.Verbose
            : given.Has(KnownOptions.Quiet) ? Verbosity.Quiet
            : Verbosity.Normal,
        Json = given.Has(KnownOptions.Json),
        Log = Paths.Of(given.Find(KnownOptions.Log), "a file"),
        Retries = given.Find(KnownOptions.Retries) is { } retries ? (int)Numbers.Count(retries, 0, MostRetries) : 0,
        RetryWait = given.Find(KnownOptions.RetryWait) is { } wait ? Times.Span(wait) : TimeSpan.FromSeconds(1),
        MaxErrors = given.Choice(KnownOptions.OnError) is "stop" ? 1
            : given.Find(KnownOptions.MaxErrors) is { } most ? Numbers.Count(most, least: 1)
            : null,
        ErrorIfNone = given.Has(KnownOptions.ErrorIfNone),
    };
}
