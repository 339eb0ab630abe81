using Multitasking.Bootstrap;
using Multitasking.Contracts;
using Multitasking.Tests.Support;
using Multitasking.Transport;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>A child that sends what no child sends is ended, and its call fails; docs/protocol.md, "Who is believed".</summary>
[Collection(nameof(Alone))]
public sealed class MalformedFrameTests : WorkerTest
{
    [Theory]
    [InlineData("a second answer")]
    [InlineData("a frame of kind")]
    [InlineData("a report to progress 2")]
    [InlineData("a report to progress 0")]
    public async Task Frame_that_no_child_sends_ends_the_child_and_the_call(string what)
    {
        IProgress<int> progress = new Progress<int>();
        var lost = await Assert.ThrowsAsync<WorkerLostException>(
            () => ChildProcess.RunAsync(() => Send(what, progress), Until.Limit, Cancelled));
        Assert.Contains(what, Assert.IsType<InvalidDataException>(lost.InnerException).Message, StringComparison.Ordinal);
    }

    private static void Send(string what, IProgress<int> progress)
    {
        progress.Report(0);
        foreach (var (kind, number) in Frames(what))
        {
            var bytes = new ByteWriter();
            bytes.WriteNumber(number);
            Lifeline.Current!.Send(bytes.ToFrame(kind));
        }
        Thread.Sleep(Timeout.Infinite);
    }

    private static (FrameKind Kind, int Number)[] Frames(string what) => what switch
    {
        "a second answer" => [(FrameKind.Answer, 1), (FrameKind.Answer, 1)],
        "a frame of kind" => [(FrameKind.Ready, 0)],
        "a report to progress 2" => [(FrameKind.Report, 2)],
        _ => [(FrameKind.Report, 0)],
    };
}
