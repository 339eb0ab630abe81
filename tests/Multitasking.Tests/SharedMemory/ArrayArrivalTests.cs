using Multitasking.Interop;
using Multitasking.SharedMemory;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>What an array is made from in another process, and lies of that; here both sides are this process.</summary>
[Collection(nameof(Alone))]
public sealed class ArrayArrivalTests
{
    [Fact]
    public void Array_that_arrives_twice_is_mapped_once()
    {
        using var array = new SharedArray<int>(10_000);
        int mappings = HeldMemory.Settled().Mappings;
        using var arrived = Arriving.Again(new SharedArray<int>(1), array);
        arrived[3] = 4;
        Assert.Equal(4, array[3]);
        Assert.Equal(mappings, HeldMemory.Mappings);
    }

    [Fact]
    public void View_is_mapped_without_the_permission_to_write()
    {
        using var array = new SharedArray<int>(10_000);
        var before = HeldMemory.Lines();
        using var view = array.AsReadOnly();
        using var same = array.AsReadOnly();
        var added = Assert.Single(HeldMemory.Lines().Except(before));
        Assert.Contains(" r--s ", added);
        Assert.True(((ISharedObject)view).Reference.Lease.Segment.IsReadOnly);
    }

    [Fact]
    public void Writable_memory_of_another_process_is_not_opened_as_a_view_nor_the_other_way_round()
    {
        using var array = new SharedArray<int>(10);
        using var view = array.AsReadOnly();
        Assert.Throws<InvalidDataException>(() => Arriving.Again(new SharedArray<int>(1), view));
        using var other = new SharedArray<int>(1);
        using var arriving = other.AsReadOnly();
        Assert.Throws<InvalidDataException>(() => Arriving.Again(arriving, array));
    }

    [Theory]
    [InlineData(11, 4)]
    [InlineData(9, 4)]
    [InlineData(0, 4)]
    [InlineData(-10, 4)]
    [InlineData(long.MaxValue, 4)]
    [InlineData(5, 8)]
    public void Array_that_is_not_as_long_as_the_other_side_says_is_refused(long length, long elementSize)
    {
        using var array = new SharedArray<int>(10);
        Assert.Throws<InvalidDataException>(() => Arriving.Array<int>(((ISharedObject)array).Reference.Lease, length, elementSize));
    }

    [Fact]
    public void Disposed_array_does_not_leave()
    {
        var array = new SharedArray<int>(10);
        var view = array.AsReadOnly();
        array.Dispose();
        view.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ((ISharedObject)array).Reference);
        Assert.Throws<ObjectDisposedException>(() => ((ISharedObject)view).Reference);
    }

    [Fact]
    public void Memory_that_somebody_could_cut_off_is_refused()
    {
        using var file = new SafeDescriptor(Unsealed(4096));
        var arrival = new SharedArrival([file], Guid.NewGuid(), 4096, 0, 1024, 4);
        Assert.Throws<InvalidDataException>(() => Arriving.Into(new SharedArray<int>(1), arrival));
    }

    private static unsafe int Unsealed(int size)
    {
        byte name = 0;
        int descriptor = LibC.CreateMemory(&name, Constants.MFD_CLOEXEC);
        Assert.Equal(0, LibC.SetLength(descriptor, size));
        return descriptor;
    }
}
