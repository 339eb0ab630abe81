using System.Diagnostics;
using Multitasking.Contracts;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Values that depend on cultures, in <c>Multitasking.Cultures</c>: this process has none but the invariant one.</summary>
public sealed class CultureTests
{
    [Fact]
    public async Task Cultures_and_what_compares_as_they_do_travel_to_a_child_and_back()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Multitasking.Cultures")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0";
        using var program = Process.Start(start)!;
        var errors = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        string said = await errors;
        // What the runtime says before it aborts: it knows best whether there is one that it can use.
        Needs.Machine(!said.Contains("valid ICU package", StringComparison.Ordinal), "ICU: install libicu72");
        string[] expected =
        [
            "de-DE True 1.234,5 -1",
            "True True False",
            "True True True 1!5 2026.02 False 1!5 True 2026",
            "de-DE_phoneb fr-FR True True True",
            "True True True",
            "ChildProcess: alike",
            "ProcessPool: alike",
            "DedicatedThreadPool: alike",
            "InlinePool: alike",
            "a map of ProcessPool: alike",
            "True",
            "True True aa True True aa True True aa True True aa True True",
            "False",
            "da-DK da-DK da-DK ",
            "da-DK en-US en-US",
            "sv-SE da-DK sv-SE",
        ];
        Assert.Equal((0, "", string.Concat(expected.Select(static line => line + "\n"))), (program.ExitCode, said, output));
    }
}
