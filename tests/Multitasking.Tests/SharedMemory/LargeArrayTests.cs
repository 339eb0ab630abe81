using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>Arrays that no span can hold.</summary>
[Collection(nameof(Alone))]
public sealed class LargeArrayTests : WorkerTest
{
    private const long Length = 5L << 29;

    [Fact]
    public async Task Array_of_more_bytes_than_a_span_can_have_is_used_from_two_processes()
    {
        Assert.SkipWhen(AvailableMemory.Bytes < 6L << 30, "It takes 2.5 GiB of memory, and the machine has less than 6 GiB free.");
        using var array = new SharedArray<byte>(Length);
        Assert.Equal(Length, array.Length);
        array[Length - 1] = 1;
        array.Slice(int.MaxValue, 100).Fill(2);
        await ChildProcess.RunAsync(
            () =>
            {
                array[Length - 2] = (byte)(array[Length - 1] + array[int.MaxValue + 99L]);
                array.AsMemory(Length - 10, 5).Span.Fill(4);
            },
            cancellationToken: Cancelled);
        Assert.Equal([4, 4, 4, 4, 4, 0, 0, 0, 3, 1], array.Slice(Length - 10, 10).ToArray());
        Assert.Contains("Slice(start, length)", Assert.Throws<InvalidOperationException>(() => array.Span.Length).Message);
        Assert.Throws<InvalidOperationException>(() => array.Memory);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[Length]);
        array.Fill(9);
        Assert.Equal([9, 9], new[] { array[int.MaxValue], array[Length - 1] });
    }
}
