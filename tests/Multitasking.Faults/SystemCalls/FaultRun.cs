using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Multitasking.Faults.SystemCalls;

/// <summary>One run of a program that uses the library while one of its system calls fails.</summary>
public sealed partial class FaultRun
{
    // As Scenarios/Faults.cs and Faulty/Steps.cs of the program have it.
    private const string Scenario = "faults", Variable = "MULTITASKING_FAULTS";
    private const int Hanging = 70;

    // Above the limit of one step, by which the program ends itself.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(150);

    // What may reach a caller when the machine refuses something.
    private static readonly HashSet<string> s_documented =
    [
        "Win32Exception", "IOException", nameof(WorkerLostException), nameof(PoolBrokenException), nameof(RemoteException), "ChannelClosedException", "BarrierBrokenException",
        nameof(TaskTimeoutException), nameof(InsufficientMemoryException),
    ];

    private readonly List<string> _problems = [];

    private FaultRun(string use, Fault? fault)
    {
        Use = use;
        Fault = fault;
    }

    /// <summary>The name of what the program did.</summary>
    public string Use { get; }

    /// <summary>What failed; null where calls were counted alone.</summary>
    public Fault? Fault { get; }

    /// <summary>How often it failed: 0 where the program made fewer calls this time.</summary>
    public int Hits { get; private set; }

    /// <summary>How often each call was made while calls could fail.</summary>
    public IReadOnlyDictionary<(FaultSide Side, string Call), int> Counts { get; private set; } = new Dictionary<(FaultSide, string), int>();

    /// <summary>All calls that the shim library can let fail.</summary>
    public IReadOnlyList<string> Calls { get; private set; } = [];

    /// <summary>What the program says that it holds at its end.</summary>
    public string Left { get; private set; } = "";

    /// <summary>What went wrong, a line each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Whether the program, or one of its steps, did not end.</summary>
    public bool Hangs { get; private set; }

    /// <summary>What the program said.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Runs the program.</summary>
    /// <param name="shim">What makes its calls fail.</param>
    /// <param name="use">What it does.</param>
    /// <param name="fault">What fails; null to count alone.</param>
    /// <param name="allowed">What it may hold at its end: <see cref="Left"/> of a run without a fault.</param>
    public static async Task<FaultRun> RunAsync(FaultShim shim, string use, Fault? fault = null, string allowed = "")
    {
        var run = new FaultRun(use, fault);
        string folder = Directory.CreateTempSubdirectory("multitasking-fault-").FullName;
        try
        {
            await run.RunAsync(shim, folder, allowed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return run;
    }

    private async Task RunAsync(FaultShim shim, string folder, string allowed)
    {
        string file = Path.Combine(folder, "plan");
        FaultFile.Write(file, Fault);
        var program = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Multitasking.TestWorker"), [Scenario, Use, .. allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        program.Environment["LD_PRELOAD"] = shim.Library;
        program.Environment[Variable] = file;
        program.Environment["TMPDIR"] = folder;
        using var process = Process.Start(program)!;
        // Not to the end of the streams: a child that is left would keep them open.
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        bool ended = await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(s_limit)) is { } first && process.HasExited;
        if (!ended)
        {
            Hangs = true;
            _problems.Add("does not end");
            process.Kill();
            await process.WaitForExitAsync();
        }
        await EndDescendantsAsync(file);
        Output = $"{await output}{await errors}";
        (Hits, Counts, Calls) = FaultFile.Read(file);
        if (ended)
            Judge(process.ExitCode, allowed);
        _problems.AddRange(
            from path in Directory.EnumerateFileSystemEntries(folder)
            where path != file && !Path.GetFileName(path).Contains($"-{process.Id}-", StringComparison.Ordinal)
            select $"left the file {Path.GetFileName(path)}");
    }

    private void Judge(int exitCode, string allowed)
    {
        string[] lines = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Hangs = exitCode == Hanging;
        _problems.AddRange(lines.Where(static line => line.EndsWith(": hangs", StringComparison.Ordinal)));
        if (exitCode is not 0 and not Hanging)
            _problems.Add($"ended with {exitCode}: {string.Join(" / ", lines.TakeLast(30))}");
        foreach (string line in lines)
            if (Kind().Match(line) is { Success: true } match && IsWrong(match.Groups["round"].Value, match.Groups["kind"].Value))
                _problems.Add(line);
        Left = lines.FirstOrDefault(static line => line.StartsWith("left ", StringComparison.Ordinal))?[5..] ?? "";
        if (allowed.Length > 0 && Left.Length > 0 && Numbers(Left).Zip(Numbers(allowed)).Any(static pair => pair.First > pair.Second))
            _problems.Add($"holds {Left} where {allowed} were allowed");
        if (exitCode == 0 && !lines.Contains("children 0"))
            _problems.Add("children are left");
    }

    private static IEnumerable<int> Numbers(string text) => text.Split(' ').Select(static number => int.Parse(number, CultureInfo.InvariantCulture));

    private static bool IsWrong(string round, string kind) => round == "second" || !s_documented.Contains(kind);

    /// <summary>They inherit the variable, and end with the program; here they get a moment.</summary>
    private async Task EndDescendantsAsync(string file)
    {
        long start = Stopwatch.GetTimestamp();
        while (Descendants(file) is { Count: > 0 } left)
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(10))
            {
                _problems.Add($"left {left.Count} processes");
                foreach (int id in left)
                    Kill(id);
                return;
            }
            await Task.Delay(20);
        }
    }

    private static List<int> Descendants(string file) =>
        [.. from folder in Directory.EnumerateDirectories("/proc")
            let name = Path.GetFileName(folder)
            where char.IsAsciiDigit(name[0]) && Environ(folder).Contains($"{Variable}={file}", StringComparison.Ordinal)
            select int.Parse(name, CultureInfo.InvariantCulture)];

    private static string Environ(string folder)
    {
        try
        {
            return File.ReadAllText($"{folder}/environ");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended in the meantime.
        }
    }

    [GeneratedRegex("^(?<round>first|second) [^:]*: (?<kind>[A-Za-z0-9]+Exception): ")]
    private static partial Regex Kind();
}
