using System.Diagnostics;
using Multitasking.Faults.Hostile;

namespace Multitasking.Soak.Soaks;

/// <summary>Workers and children that lie in all ways, beside an innocent pool: no call hangs, the innocent are answered, memory is bounded, nothing is left.</summary>
internal static class HostileSoak
{
    internal static async Task RunAsync(Settings settings)
    {
        long start = Stopwatch.GetTimestamp();
        var length = TimeSpan.FromMinutes(settings["minutes"]);
        long most = 0;
        int moves = 0;
        int before = Measures.Descriptors;
        var match = new HostileMatch(TimeSpan.FromSeconds(settings["patience"]));
        await using (match)
        {
            for (; Stopwatch.GetElapsedTime(start) < length && moves < settings["moves"]; moves++)
            {
                await match.PlayAsync(settings["seed"] + moves);
                most = Math.Max(most, Measures.Resident(Environment.ProcessId));
                Measures.Require(most < settings["megabytes"], $"move {settings["seed"] + moves} ({HostileTask.NameOf(settings["seed"] + moves)}): {most} MB");
                if (moves % 200 == 199)
                    Measures.Say($"{moves + 1} moves, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, at most {most} MB, {match.InnocentCalls} innocent calls, the slowest {match.Slowest.TotalMilliseconds:0} ms");
            }
        }
        Measures.Say($"{moves} moves of {HostileTask.Count} kinds in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; at most {most} MB; {match.InnocentCalls} innocent calls, the slowest {match.Slowest.TotalMilliseconds:0} ms");
        Measures.Say(string.Join(", ", match.Outcomes.Select(static outcome => $"{outcome.Value} {outcome.Key}")));
        await Measures.RequireSoonAsync(static () => Measures.Children.Count == 0, static () => $"{Measures.Children.Count} children are left");
        await Measures.RequireSoonAsync(() => Measures.Descriptors <= before + 8, () => $"descriptors: {string.Join(", ", Measures.DescriptorKinds)}; {before} before");
    }
}
