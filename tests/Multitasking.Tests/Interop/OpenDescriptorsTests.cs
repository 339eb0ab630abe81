using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.Interop;

[Collection(nameof(Alone))]
public class OpenDescriptorsTests
{
    [Fact]
    public void As_many_as_are_asked_for_are_found_free() => Assert.True(OpenDescriptors.Left(enough: 20) >= 20);

    [Fact]
    public void All_that_are_left_are_counted_where_more_are_asked_for()
    {
        long before = ResourceLimit.Descriptors - Directory.GetFileSystemEntries("/proc/self/fd").Length;
        var opened = Enumerable.Range(0, 5).Select(static _ => File.OpenHandle("/dev/null")).ToList();
        long? left = OpenDescriptors.Left(enough: int.MaxValue);
        opened.ForEach(static one => one.Dispose());
        // Of the others a few may come and go.
        Assert.InRange(left!.Value, before - 5 - 10, before - 5 + 10);
    }
}
