using System.Runtime.CompilerServices;
using Multitasking.SharedMemory;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>Arrays that nobody disposes of. They count what the process holds, so no other test runs beside them.</summary>
[Collection(nameof(Alone))]
public sealed class ForgottenArrayTests
{
    [Fact]
    public void Forgotten_array_that_handed_out_nothing_is_freed()
    {
        var before = HeldMemory.Settled();
        Forget(static array =>
        {
            array[5] = 1;
            array.Fill(2);
            array.Increment(7);
            array.CopyTo(0, new int[5]);
            _ = array.Memory;
            array.Memory.Pin().Dispose();
        });
        Assert.Equal(before, HeldMemory.Settled());
    }

    [Fact]
    public void Memory_of_an_array_that_was_disposed_of_counts_no_more()
    {
        HeldMemory.CollectGarbage();
        long before = MappedMemory.Size;
        using (new SharedArray<byte>(4 << 20))
            Assert.Equal(before + (4 << 20), MappedMemory.Size);
        Assert.Equal(before, MappedMemory.Size);
    }

    [Fact]
    public void Span_of_a_forgotten_array_can_be_used_for_ever()
    {
        int before = HeldMemory.Settled().Mappings;
        var span = SpanOfForgotten();
        HeldMemory.CollectGarbage();
        span.Fill(3);
        Assert.Equal(3, span[^1]);
        Assert.Equal(before + 1, HeldMemory.Mappings);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Span<int> SpanOfForgotten() => new SharedArray<int>(10_000).Span;
    }

    [Fact]
    public void Reference_into_a_forgotten_array_can_be_used_for_ever()
    {
        ref int element = ref ReferenceOfForgotten();
        HeldMemory.CollectGarbage();
        Assert.Equal(1, Interlocked.Increment(ref element));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static ref int ReferenceOfForgotten() => ref new SharedArray<int>(10_000).GetReference(9_999);
    }

    [Fact]
    public void Span_of_a_forgotten_view_can_be_used_for_ever()
    {
        var span = SpanOfForgotten();
        HeldMemory.CollectGarbage();
        Assert.Equal(7, span[9_999]);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static ReadOnlySpan<int> SpanOfForgotten()
        {
            using var array = new SharedArray<int>(10_000);
            array[9_999] = 7;
            return array.AsReadOnly().Span;
        }
    }

    [Fact]
    public void Memory_keeps_its_array()
    {
        int before = HeldMemory.Settled().Mappings;
        var memory = MemoryOfForgotten();
        HeldMemory.CollectGarbage();
        Assert.Equal(before + 1, HeldMemory.Mappings);
        Assert.Equal(0, memory.Span[9_999]);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Memory<int> MemoryOfForgotten() => new SharedArray<int>(10_000).Memory;
    }

    [Fact]
    public void Forgotten_array_that_somebody_kept_as_long_as_its_spans_is_freed()
    {
        var before = HeldMemory.Settled();
        Forget(static array =>
        {
            ((ISharedObject)array).Reference.Lease.OutlivesWhatItHandsOut();
            array.Span.Fill(1);
        });
        Assert.Equal(before, HeldMemory.Settled());
    }

    [Fact]
    public void Array_that_handed_out_a_span_is_freed_when_disposed()
    {
        var before = HeldMemory.Settled();
        using (var array = new SharedArray<int>(10_000))
        using (var view = array.AsReadOnly())
            Assert.Equal(array.Span, view.Span);
        Assert.Equal(before, HeldMemory.Settled());
    }

    [Fact]
    public void Ten_thousand_arrays_leave_nothing_and_are_never_all_there()
    {
        var before = HeldMemory.Settled();
        for (int i = 0; i < 10_000; i++)
        {
            using var array = new SharedArray<long>(1 + (i % 3000));
            array.Span[^1] = i;
        }
        Assert.Equal(before, HeldMemory.Settled());
        int most = 0;
        for (int i = 0; i < 10_000; i++)
        {
            Forget(static array => array[0] = 1);
            if (i % 100 == 0)
                most = Math.Max(most, HeldMemory.Descriptors - before.Descriptors);
        }
        Assert.InRange(most, 1, 5000);
        Assert.Equal(before, HeldMemory.Settled());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(Action<SharedArray<int>> use) => use(new SharedArray<int>(10_000));
}
