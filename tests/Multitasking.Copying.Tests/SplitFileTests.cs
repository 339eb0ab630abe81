using Multitasking.Copying.Copying;
using Multitasking.Copying.Interop;
using Multitasking.Copying.Pacing;
using Multitasking.Copying.Planning;
using Multitasking.Copying.Reporting;
using Multitasking.Copying.Tests.Support;

namespace Multitasking.Copying.Tests;

/// <summary>Several threads on one file.</summary>
public sealed unsafe class SplitFileTests
{
    private const int Size = (5 * 16 * 1024 * 1024) + 4321;

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void File_is_copied_whole_by_several_threads(int streams, bool inKernel)
    {
        using var space = new Workspace(inMemory: true);
        space.Bash($"head -c {Size} /dev/urandom > film");
        var tally = new Tally();
        Fault fault = Copy(space, tally, streams, inKernel, Size, CancellationToken.None);
        Assert.True(fault.IsNone, fault.Doing);
        space.Bash("cmp film copy");
        Assert.Equal(Size, tally.BytesCopied);
    }

    [Fact]
    public void File_that_is_shorter_than_it_was_is_a_change_and_no_endless_loop()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash($"head -c {Size / 2} /dev/urandom > film");
        Assert.Equal(CopyErrorKind.SourceChanged, Copy(space, new Tally(), streams: 3, inKernel: true, Size, CancellationToken.None).Kind);
    }

    [Fact]
    public void Cancellation_ends_all_threads()
    {
        using var space = new Workspace(inMemory: true);
        space.Bash($"head -c {Size} /dev/urandom > film");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Copy(space, new Tally(), streams: 3, inKernel: true, Size, cancelled.Token));
    }

    private static Fault Copy(Workspace space, Tally tally, int streams, bool inKernel, long size, CancellationToken cancellation)
    {
        var settings = CopySettings.Of(new CopyOptions(), tellsEvents: false);
        var tools = new CopierTools(settings, new CopyRoutes(settings), new ThreadPacer(null, 0), tally, [0], () => { }, cancellation);
        var route = new CopyRoute { CanCopyRange = inKernel };
        route.Settle(streams);
        using var source = new FileDescriptor(Open(space["film"], OpenFlags.ReadFile));
        using var target = new FileDescriptor(Open(space["copy"], OpenFlags.CreateFile));
        return new SplitFile(source.Number, target.Number, size, tools, route).Copy();
    }

    private static int Open(FilePath path, int flags)
    {
        fixed (byte* name = (byte[])[.. path.Bytes, 0])
        {
            int descriptor = Kernel.Open(Kernel.CurrentFolder, name, flags, 0x1A4);
            Assert.True(descriptor >= 0, $"{path}: {descriptor}");
            return descriptor;
        }
    }
}
