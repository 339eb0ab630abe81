using Multitasking.Children;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Life;

/// <summary>Of the parent's descriptors a child has the standard streams and what belongs to its call, and no other, whatever their flags.</summary>
[Collection(nameof(Alone))]
public sealed class InheritedDescriptorTests : WorkerTest
{
    private const int F_DUPFD = 0;

    [Theory]
    [InlineData(3)]
    [InlineData(700)]
    [InlineData(3000)]
    public async Task Descriptor_without_close_on_exec_does_not_cross_into_a_child(int least)
    {
        string file = FileNamed("inherited");
        using var descriptor = Inheritable(file, least);
        Assert.Equal(0, await ChildProcess.RunAsync(() => CountOf(file), cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Descriptor_without_close_on_exec_does_not_cross_into_a_worker()
    {
        string file = FileNamed("inherited");
        using SafeDescriptor low = Inheritable(file, 3), high = Inheritable(file, 700);
        await using var pool = new ProcessPool(new PoolOptions { Workers = 1 });
        Assert.Equal(0, await pool.RunAsync(() => CountOf(file), Cancelled));
    }

    [Fact]
    public async Task What_belongs_to_the_call_crosses_although_others_are_closed()
    {
        string file = FileNamed("inherited");
        using var low = Inheritable(file, 3);
        using var first = new SharedArray<int>(1);
        using var high = Inheritable(file, 2000);
        using var second = new SharedArray<int>(1);
        await ChildProcess.RunAsync(
            () =>
            {
                first[0] = 1;
                second[0] = CountOf(file) + 2;
            },
            cancellationToken: Cancelled);
        Assert.Equal((1, 2), (first[0], second[0]));
    }

    [Fact]
    public void Where_the_C_library_cannot_close_a_range_the_open_descriptors_are_looked_up()
    {
        using var descriptor = Inheritable(FileNamed("inherited"), 700);
        Assert.Contains(descriptor.Number, DescriptorActions.OpenFrom(700));
        Assert.DoesNotContain(descriptor.Number, DescriptorActions.OpenFrom(descriptor.Number + 1));
    }

    private static SafeDescriptor Inheritable(string file, int least)
    {
        using var stream = new FileStream(file, FileMode.OpenOrCreate);
        int copy = LibC.FileControl((int)stream.SafeFileHandle.DangerousGetHandle(), F_DUPFD, least);
        Assert.True(copy >= least);
        return new SafeDescriptor(copy);
    }

    private static int CountOf(string file) =>
        new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Count(link => link.LinkTarget == file);
}
