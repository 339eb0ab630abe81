using Xunit;

namespace Multitasking.Tests.SharedMemory;

public sealed class SharedArrayTests
{
    [Fact]
    public void Array_is_of_zeros_and_as_long_as_asked_for()
    {
        using var array = new SharedArray<int>(1000);
        Assert.Equal(1000, array.Length);
        Assert.Equal(new int[1000], array.Span);
        Assert.Equal("SharedArray<Int32>[1000]", array.ToString());
    }

    [Fact]
    public void Element_has_what_was_written_by_index_span_and_reference()
    {
        using var array = new SharedArray<double>(10);
        array[3] = 1.5;
        array.Span[4] = 2.5;
        array.GetReference(5) = 3.5;
        Assert.Equal([1.5, 2.5, 3.5], array.Slice(3, 3));
        Assert.Equal(2.5, array[4]);
    }

    [Fact]
    public void Structs_with_gaps_and_flags_are_elements()
    {
        using var array = new SharedArray<(byte Small, long Large, bool Flag)>(3);
        array[2] = (1, 2, true);
        Assert.Equal(((byte)1, 2L, true), array[2]);
        using var flags = new SharedArray<bool>(3);
        flags.Fill(true);
        Assert.True(flags[2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Array_of_no_elements_is_refused(long length) =>
        Assert.Equal("length", Assert.Throws<ArgumentOutOfRangeException>(() => new SharedArray<int>(length)).ParamName);

    [Theory]
    [InlineData(1L << 50)]
    [InlineData(long.MaxValue)]
    public void Array_larger_than_memory_is_refused_with_the_figures(long length)
    {
        string message = Assert.Throws<InsufficientMemoryException>(() => new SharedArray<long>(length)).Message;
        Assert.StartsWith($"A SharedArray<Int64> of {length:N0} elements takes {(Int128)length * 8:N0} bytes, and this process can have about ", message);
        Assert.Contains("MemoryMappedFile", message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(long.MaxValue)]
    public void Element_outside_is_refused_with_the_length(long index)
    {
        using var array = new SharedArray<int>(10);
        var refusals = new[]
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => array[index]),
            Assert.Throws<ArgumentOutOfRangeException>(() => array[index] = 1),
            Assert.Throws<ArgumentOutOfRangeException>(() => array.GetReference(index)),
            Assert.Throws<ArgumentOutOfRangeException>(() => array.Increment(index)),
        };
        Assert.All(refusals, refusal =>
        {
            Assert.Equal("index", refusal.ParamName);
            Assert.Contains("It has 10 elements, numbered from 0. Its length is fixed", refusal.Message);
        });
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(11, 0)]
    [InlineData(5, 6)]
    [InlineData(5, -1)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Slice_outside_is_refused(long start, int length)
    {
        using var array = new SharedArray<int>(10);
        using var view = array.AsReadOnly();
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Slice(start, length).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.AsMemory(start, length));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Slice(start, length).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => view.AsMemory(start, length));
    }

    [Fact]
    public void Slice_may_be_empty_at_the_end()
    {
        using var array = new SharedArray<int>(10);
        Assert.True(array.Slice(10, 0).IsEmpty);
        Assert.True(array.AsMemory(10, 0).IsEmpty);
    }

    [Fact]
    public void Elements_are_copied_from_and_to()
    {
        using var array = new SharedArray<int>(5);
        array.CopyFrom(1, [1, 2, 3]);
        var copy = new int[4];
        array.CopyTo(0, copy);
        Assert.Equal([0, 1, 2, 3], copy);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.CopyFrom(3, [1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => array.CopyTo(2, copy));
    }

    [Fact]
    public void All_elements_are_filled_and_cleared()
    {
        using var array = new SharedArray<short>(100_001);
        array.Fill(7);
        Assert.False(array.Span.ContainsAnyExcept((short)7));
        array.Clear();
        Assert.False(array.Span.ContainsAnyExcept((short)0));
    }

    [Fact]
    public async Task Memory_is_read_into_by_an_asynchronous_operation()
    {
        using var array = new SharedArray<byte>(100);
        using var stream = new MemoryStream([1, 2, 3]);
        Assert.Equal(3, await stream.ReadAsync(array.AsMemory(10, 50), TestContext.Current.CancellationToken));
        Assert.Equal([0, 1, 2, 3, 0], array.Slice(9, 5).ToArray());
        Assert.Equal(2, array.Memory[10..12].Span[1]);
        Assert.Equal(100, array.Memory.Length);
    }

    [Fact]
    public unsafe void Pinned_elements_stay_when_the_array_is_disposed()
    {
        var array = new SharedArray<int>(1000);
        array[999] = 5;
        using (var pin = array.AsMemory(500, 500).Pin())
        {
            array.Dispose();
            Assert.Equal(5, ((int*)pin.Pointer)[499]);
        }
    }

    [Fact]
    public void Disposed_array_is_refused_in_all_uses()
    {
        var array = new SharedArray<int>(10);
        var view = array.AsReadOnly();
        var memory = array.Memory;
        array.Dispose();
        view.Dispose();
        Action[] uses =
        [
            () => _ = array[0],
            () => array[0] = 1,
            () => _ = array.Span.Length,
            () => _ = array.Slice(0, 1).Length,
            () => _ = array.Memory,
            () => _ = array.AsMemory(0, 1),
            () => array.GetReference(0) = 1,
            () => array.CopyFrom(0, [1]),
            () => array.CopyTo(0, new int[1]),
            () => array.Fill(1),
            () => array.Clear(),
            () => array.AsReadOnly(),
            () => array.Increment(0),
            () => array.CompareExchange(0, 1, 2),
            () => _ = memory.Span.Length,
            () => memory.Pin(),
        ];
        Assert.All(uses, use => Assert.Equal(typeof(SharedArray<int>).FullName, Assert.Throws<ObjectDisposedException>(use).ObjectName));
        Action[] views = [() => _ = view[0], () => _ = view.Span.Length, () => _ = view.Memory, () => view.CopyTo(0, new int[1])];
        Assert.All(views, use => Assert.Equal(typeof(ReadOnlySharedArray<int>).FullName, Assert.Throws<ObjectDisposedException>(use).ObjectName));
        Assert.Equal(10, array.Length);
    }

    [Fact]
    public void Array_is_disposed_of_twice_without_harm()
    {
        var array = new SharedArray<int>(10);
        var view = array.AsReadOnly();
        array.Dispose();
        array.Dispose();
        Assert.Equal(0, view[9]);
        view.Dispose();
    }

    [Fact]
    public void View_shows_what_is_written_to_the_array_and_outlives_it()
    {
        var array = new SharedArray<int>(10);
        using var view = array.AsReadOnly();
        array[3] = 3;
        Assert.Equal(3, view[3]);
        Assert.Equal(array.Span, view.Span);
        Assert.Equal(array.Span, view.Memory.Span);
        array.Dispose();
        Assert.Equal([3, 0], view.Slice(3, 2));
        Assert.Equal([3, 0], view.AsMemory(3, 2).ToArray());
        Assert.Equal("ReadOnlySharedArray<Int32>[10]", view.ToString());
    }
}
