using Multitasking.Invocation.Trusting;
using Multitasking.Transport;

namespace Multitasking.Bootstrap;

/// <summary>Reports of a child that runs one target: frames on its link.</summary>
internal sealed class LinkReports(ChildLink link) : IReports
{
    public Trust Parent { get; set; } = Trust.None;

    public void Send(ByteWriter report) => link.Send(report.ToFrame(FrameKind.Report).Span);
}
