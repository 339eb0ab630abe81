using System.Diagnostics;
using System.Globalization;

namespace Multitasking.Soak.Soaks;

/// <summary>Programs with children and pools of sixty workers where the system allows few processes or descriptors: none hangs or ends, and all works again without the limit.</summary>
internal static class LimitSoak
{
    // As Scenarios/BelowLimits.cs of the program has it.
    private const string Scenario = "below-limits";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private static readonly (string What, int[] Numbers)[] s_cases =
    [
        ("processes", [0, 1, 2, 3, 4, 5, 10, 20, 40]),
        ("descriptors", [40, 64, 96, 128, 160, 200, 256]),
        ("descriptors-while-running", [2, 40, 64, 96, 128, 160, 200, 256]),
    ];

    internal static async Task RunAsync(Settings settings)
    {
        var problems = new List<string>();
        for (int round = 0; round < settings["rounds"]; round++)
            foreach (var (what, numbers) in s_cases)
                foreach (int number in numbers)
                    problems.AddRange(await TryAsync(what, number));
        Measures.Require(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    private static async Task<IEnumerable<string>> TryAsync(string what, int number)
    {
        string[] arguments = [Scenario, what, number.ToString(CultureInfo.InvariantCulture)];
        var info = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Multitasking.TestWorker"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        long start = Stopwatch.GetTimestamp();
        using var program = Process.Start(info)!;
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        if (await Task.WhenAny(program.WaitForExitAsync(), Task.Delay(s_limit)) is var _ && !program.HasExited)
        {
            program.Kill();
            return [$"{what} {number}: does not end"];
        }
        string[] lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] refused = [.. lines.Where(static line => line.StartsWith("first ", StringComparison.Ordinal) && !line.EndsWith(": ok", StringComparison.Ordinal))];
        Measures.Say($"{what} {number}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; {(refused.Length == 0 ? "all ok" : string.Join("; ", refused))}");
        string[] bad = [.. lines.Where(line => !refused.Contains(line) && !line.EndsWith(": ok", StringComparison.Ordinal) && line != "children 0")];
        if (program.ExitCode == 0 && bad.Length == 0 && lines.Contains("children 0"))
            return [];
        return [$"{what} {number}: exit code {program.ExitCode}; {string.Join("; ", bad)}; {await errors}"];
    }
}
