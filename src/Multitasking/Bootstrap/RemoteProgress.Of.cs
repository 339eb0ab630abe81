using Multitasking.Invocation;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>Sends each report to the parent, in order and before the target's answer.</summary>
/// <remarks>A <see cref="Progress{T}"/> too, so that it fits where the target declared one.</remarks>
internal sealed class RemoteProgress<T>(int number, IReports reports) : Progress<T>
{
    private Crossing? _crossing;

    protected override void OnReport(T value)
    {
        var bytes = new ByteWriter();
        bytes.WriteNumber(number);
        new GraphWriter(bytes, _crossing ??= reports.Parent.And(typeof(T)).Answers).WriteRoot(typeof(T), value, "the reported value");
        reports.Send(bytes);
    }
}
