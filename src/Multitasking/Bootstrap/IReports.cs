using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>The way of a report to the parent's <see cref="IProgress{T}"/>.</summary>
internal interface IReports
{
    void Send(ByteWriter report);
}
