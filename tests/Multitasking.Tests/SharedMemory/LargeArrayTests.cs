using Multitasking.Contracts;
using Multitasking.SharedMemory;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>Arrays that no span can hold. Their memory is not set aside here, so that they cost nothing; the soak <c>arrays</c> has real ones.</summary>
[Collection(nameof(Alone))]
public sealed class LargeArrayTests : WorkerTest
{
    private const long Length = 5L << 29;

    [Fact]
    public void Array_of_more_elements_than_a_span_is_used_in_slices()
    {
        using var array = Make<byte>();
        array[Length - 1] = 1;
        array.Slice(int.MaxValue, 100).Fill(2);
        array.AsMemory(Length - 10, 5).Span.Fill(4);
        array.GetReference(Length - 2) = 3;
        Assert.Equal([4, 4, 4, 4, 4, 0, 0, 0, 3, 1], array.Slice(Length - 10, 10).ToArray());
        Assert.Equal([0, 2], [array[int.MaxValue - 1L], array[int.MaxValue + 99L]]);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[Length]);
    }

    [Fact]
    public void Span_of_more_elements_than_it_can_have_is_refused_with_the_way_out()
    {
        using var array = Make<byte>();
        using var view = array.AsReadOnly();
        Action[] uses = [() => _ = array.Span.Length, () => _ = array.Memory, () => _ = view.Span.Length, () => _ = view.Memory];
        Assert.All(uses, use => Assert.Contains("Slice(start, length)", Assert.Throws<InvalidOperationException>(use).Message));
    }

    [Fact]
    public void Span_of_more_bytes_than_a_number_holds_has_all_elements()
    {
        using var array = Make<long>();
        Assert.Equal(Length / 8, array.Span.Length);
        array.Span[^1] = 7;
        Assert.Equal(7, array[(Length / 8) - 1]);
    }

    [Fact]
    public async Task Child_uses_elements_at_the_far_end()
    {
        using var array = Make<byte>();
        using var view = array.AsReadOnly();
        array[Length - 1] = 1;
        Assert.Equal(Length, await ChildProcess.RunAsync(
            () =>
            {
                array[Length - 2] = (byte)(view[Length - 1] + 5);
                return array.Length;
            },
            cancellationToken: Cancelled));
        Assert.Equal(6, view[Length - 2]);
    }

    private static SharedArray<T> Make<T>()
        where T : unmanaged
    {
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        using var lease = SharedSegment.Create("multitasking-array", Length, allocated: 0, role: 0, static segment => new ArrayCore(segment));
        return Arriving.Array<T>(lease, Length / size, size);
    }
}
