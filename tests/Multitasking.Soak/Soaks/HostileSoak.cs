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
        var match = new HostileMatch(settings["at-once"], TimeSpan.FromSeconds(settings["patience"]));
        await using (match)
            await Task.WhenAll(Enumerable.Range(0, settings["at-once"]).Select(_ => PlayAsync()));
        Measures.Require(Volatile.Read(ref most) > 0, "no move was made");
        Measures.Say($"{moves} moves of {HostileTask.Count} kinds in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; at most {most} MB");
        Measures.Say($"{match.InnocentCalls} innocent calls, the slowest {match.Slowest.TotalMilliseconds:0} ms");
        Measures.Say(string.Join(", ", match.Outcomes.Select(static outcome => $"{outcome.Value} {outcome.Key}")));
        await Measures.RequireSoonAsync(static () => Measures.Children.Count == 0, static () => $"{Measures.Children.Count} children are left");
        await Measures.RequireSoonAsync(
            () => Measures.Descriptors <= before + 8,
            () => $"{before} descriptors before, then {string.Join(", ", Measures.DescriptorKinds)}");

        async Task PlayAsync()
        {
            while (Stopwatch.GetElapsedTime(start) < length && Interlocked.Increment(ref moves) is var move && move <= settings["moves"])
            {
                int seed = settings["seed"] + move - 1;
                await match.PlayAsync(seed);
                long now = Measures.Resident(Environment.ProcessId);
                Measures.Require(now < settings["megabytes"], $"after move {seed} ({HostileTask.NameOf(seed)}): {now} MB");
                most = Math.Max(most, now);
                if (move % 200 == 0)
                    Measures.Say($"{move} moves, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, at most {most} MB, {match.InnocentCalls} innocent calls");
            }
        }
    }
}
