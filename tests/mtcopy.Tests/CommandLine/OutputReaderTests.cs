using Mtcopy.CommandLine;

namespace Mtcopy.Tests.CommandLine;

public sealed class OutputReaderTests
{
    private static readonly Dictionary<string, OutputRequest> s_table = new()
    {
        [""] = new(),
        ["--progress=auto"] = new(),
        ["--progress plain"] = new() { Progress = ProgressMode.Plain },
        ["--progress=none"] = new() { Progress = ProgressMode.None },
        ["-n"] = new() { DryRun = DryRunDetail.Brief },
        ["--dry-run"] = new() { DryRun = DryRunDetail.Brief },
        ["--dry-run=all"] = new() { DryRun = DryRunDetail.All },
        ["--dry-run=explain"] = new() { DryRun = DryRunDetail.Explain },
        ["-vv"] = new() { Verbosity = Verbosity.Verbose },
        ["--quiet"] = new() { Verbosity = Verbosity.Quiet },
        ["--json"] = new() { Json = true },
        ["--log -"] = new() { Log = "-" },
        ["--retries 3"] = new() { Retries = 3 },
        ["--retries=3 --retry-wait=250ms"] = new() { Retries = 3, RetryWait = TimeSpan.FromMilliseconds(250) },
        ["--on-error=continue"] = new(),
        ["--on-error=continue --max-errors 5"] = new() { MaxErrors = 5 },
        ["--on-error stop"] = new() { MaxErrors = 1 },
        ["--max-errors 10"] = new() { MaxErrors = 10 },
        ["--error-if-none"] = new() { ErrorIfNone = true },
    };

    public static TheoryData<string> Arguments => [.. s_table.Keys];

    [Theory]
    [MemberData(nameof(Arguments))]
    public void Arguments_become_what_is_shown(string arguments)
    {
        string[] all = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "a", "b"];
        var copy = Assert.IsType<CopyRequest>(RequestParser.Parse(all));
        Assert.Equal(s_table[arguments], copy.Output);
    }
}
