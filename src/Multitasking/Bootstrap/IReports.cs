using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>The way of a report to the parent's <see cref="IProgress{T}"/>.</summary>
internal interface IReports
{
    /// <summary>What the parent makes for the call.</summary>
    Trust Parent { get; }

    void Send(ByteWriter report);
}
