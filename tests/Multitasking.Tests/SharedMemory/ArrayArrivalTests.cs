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
        int mappings = HeldMemory.Mappings;
        using var arrived = Arrive(new SharedArray<int>(1), array);
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
        Assert.Throws<InvalidDataException>(() => Arrive(new SharedArray<int>(1), view));
        using var other = new SharedArray<int>(1);
        using var arriving = other.AsReadOnly();
        Assert.Throws<InvalidDataException>(() => Arrive(arriving, array));
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
        var lease = ((ISharedObject)array).Reference.Lease;
        using var arriving = new SharedArray<int>(1);
        var arrival = new SharedArrival(lease.Segment.File.Duplicate(), lease.Segment.Id, lease.Segment.Size, 0, length, elementSize);
        Assert.Throws<InvalidDataException>(() => ((ISharedObject)arriving).Arrive(arrival));
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
        var arrival = new SharedArrival(file, Guid.NewGuid(), 4096, 0, 1024, 4);
        using var arriving = new SharedArray<int>(1);
        Assert.Throws<InvalidDataException>(() => ((ISharedObject)arriving).Arrive(arrival));
    }

    private static unsafe int Unsealed(int size)
    {
        byte name = 0;
        int descriptor = LibC.CreateMemory(&name, Constants.MFD_CLOEXEC);
        Assert.Equal(0, LibC.SetLength(descriptor, size));
        return descriptor;
    }

    private static T Arrive<T>(T arriving, ISharedObject original)
        where T : IDisposable, ISharedObject
    {
        arriving.Dispose();
        var reference = original.Reference;
        var segment = reference.Lease.Segment;
        arriving.Arrive(new SharedArrival(segment.File.Duplicate(), segment.Id, segment.Size, reference.Lease.Role, reference.First, reference.Second));
        return arriving;
    }
}
