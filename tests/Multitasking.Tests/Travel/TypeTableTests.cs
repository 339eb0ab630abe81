using System.Diagnostics;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>
/// Every public type of the shared framework of which a value can be made stands in one column of
/// <c>tests/Multitasking.TypeTable/table.txt</c>, and its values do what the column says in every form. After a change that is meant:
/// <c>Multitasking.TypeTable --write table.txt</c>.
/// </summary>
[Collection(nameof(Alone))]
public sealed class TypeTableTests : WorkerTest
{
    [Fact]
    public Task Every_type_of_the_framework_travels_or_is_refused() => RunAsync("1");

    [Fact]
    public Task Types_that_cultures_have_to_do_with_do_the_same_with_ICU() => RunAsync("0", Rounds.Of(100) == 100 ? [] : ["--some"]);

    private static async Task RunAsync(string isInvariant, params string[] options)
    {
        string[] arguments = [.. options, .. Rounds.Of(100) == 100 ? ["--all"] : Array.Empty<string>(), "--table",
            Path.Combine(AppContext.BaseDirectory, "table.txt")];
        string path = Path.Combine(AppContext.BaseDirectory, "Multitasking.TypeTable");
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = isInvariant;
        using var program = Process.Start(start)!;
        var errors = program.StandardError.ReadToEndAsync(Cancelled);
        var lines = new List<string>();
        while (await program.StandardOutput.ReadLineAsync(Cancelled) is { } line)
            lines.Add(line);
        await program.WaitForExitAsync(Cancelled);
        string said = await errors;
        Needs.Machine(!said.Contains("valid ICU package", StringComparison.Ordinal), "ICU: install libicu72");

        Assert.Equal("", said);
        Assert.DoesNotContain(lines, static line => line.StartsWith("WRONG", StringComparison.Ordinal));
        Assert.EndsWith("travels, 0 wrong", lines[^1], StringComparison.Ordinal);
    }
}
