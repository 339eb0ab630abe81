using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Invocation;

/// <summary>A report of a child: a value, and the progress of this process that it is for.</summary>
internal readonly record struct ProgressReport(object Progress, Type Type, object? Value)
{
    /// <summary>Reads what a child sent. What it throws, the child has brought about.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="crossing">What crossed with the call; <see langword="null"/> for nothing.</param>
    /// <param name="budget">What may be made for the child.</param>
    /// <param name="trust">What is made for the call.</param>
    /// <param name="deadline">When it has to be read at the latest, in stopwatch ticks.</param>
    internal static ProgressReport Read(ReadOnlyMemory<byte> payload, Crossing? crossing, ChildBudget budget, Trust trust, long deadline)
    {
        var bytes = new ByteReader(payload);
        int number = bytes.ReadNumber();
        if (crossing is null || number < 1 || number > crossing.Progress.Count)
            throw ByteReader.Malformed($"a report to progress {number}");
        var (progress, type) = crossing.Progress[number - 1];
        var types = new ChildTypes(budget, trust.And(type), deadline);
        return new(progress, type, new GraphReader(bytes, types, Arrival.Nothing).ReadRoot(type));
    }

    /// <summary>Gives the value to the progress, which is the user's code.</summary>
    internal void HandOn() => ProgressSink.Report(Progress, Type, Value);
}
