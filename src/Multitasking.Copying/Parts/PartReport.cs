using Multitasking.Copying.Reporting;

namespace Multitasking.Copying.Parts;

/// <summary>How far a process is with its part. What it says is settled: it counts even if the process is lost afterwards.</summary>
/// <param name="Reached">The first entry that is not settled.</param>
/// <param name="Done">What was done in this part before that entry.</param>
/// <param name="BytesInFlight">Bytes of that entry that were copied already.</param>
/// <param name="Errors">The problems since the last report.</param>
/// <param name="Events">What happened since the last report, for somebody who wants to know.</param>
/// <param name="Kept">The entries since the last report in whose place something else was kept, or that were left out; only where hard links are made.</param>
internal sealed record PartReport(int Reached, Tally Done, long BytesInFlight, PartError[] Errors, PartEvent[] Events, int[] Kept);
