using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.SharedMemory;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>Arrays and values in several processes.</summary>
[Collection(nameof(Alone))]
public sealed class ArrayTravelTests : WorkerTest
{
    private static SharedArray<int>? s_fromInitializer;

    [Fact]
    public async Task Child_and_parent_see_what_the_other_writes()
    {
        using var array = new SharedArray<int>(1000);
        using var value = new SharedValue<(double, double)>((1, 2));
        array[999] = 7;
        var (seen, pair) = await ChildProcess.RunAsync(
            () =>
            {
                int seen = array.Span[999];
                var pair = value.Value;
                array[0] = 8;
                value.Value = (3, 4);
                return (seen, pair);
            },
            cancellationToken: Cancelled);
        Assert.Equal((7, (1.0, 2.0)), (seen, pair));
        Assert.Equal((8, (3.0, 4.0)), (array[0], value.Value));
    }

    [Fact]
    public async Task Array_is_an_argument()
    {
        using var array = new SharedArray<long>(10);
        var child = new ChildProcess(Square, args: [array], namedArgs: new Dictionary<string, object?> { ["start"] = 3 });
        child.Start();
        await child.JoinAsync(Cancelled);
        Assert.Equal(0, child.ExitCode);
        Assert.Equal([0, 0, 0, 9, 16, 25, 36, 49, 64, 81], array.Span.ToArray());
    }

    [Fact]
    public async Task Two_processes_write_while_both_run()
    {
        using var array = new SharedArray<int>(2);
        await Task.WhenAll(
            ChildProcess.RunAsync(() => Answer(array, 0, 1), cancellationToken: Cancelled),
            ChildProcess.RunAsync(() => Answer(array, 1, 0), cancellationToken: Cancelled));
        Assert.Equal([1000, 1000], array.Span.ToArray());

        static void Answer(SharedArray<int> array, int own, int other)
        {
            for (int i = 1; i <= 1000; i++)
            {
                Volatile.Write(ref array.GetReference(own), i);
                while (Volatile.Read(ref array.GetReference(other)) < i)
                    Thread.Yield();
            }
        }
    }

    [Fact]
    public async Task Nothing_is_lost_when_processes_count_together()
    {
        const int Processes = 3, Each = 100_000;
        using var array = new SharedArray<int>(3);
        using var value = new SharedValue<ulong>();
        await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => ChildProcess.RunAsync(
            () =>
            {
                for (int i = 0; i < Each; i++)
                {
                    array.Increment(1);
                    Interlocked.Add(ref array.GetReference(2), 2);
                    value.Add(3);
                }
            },
            cancellationToken: Cancelled)));
        Assert.Equal([0, Processes * Each, 2 * Processes * Each], array.Span.ToArray());
        Assert.Equal(3UL * Processes * Each, value.Value);
    }

    [Fact]
    public async Task Tasks_of_a_pool_share_an_array()
    {
        using var squares = new SharedArray<int>(1000);
        await using var pool = new ProcessPool(workers: 2);
        await pool.ForEachAsync(Enumerable.Range(0, 1000), i => squares[i] = i * i, Cancelled);
        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => i * i), squares.Span.ToArray());
    }

    [Fact]
    public async Task Arrays_are_items_of_a_map()
    {
        SharedArray<int>[] arrays = [new(10), new(20), new(30)];
        await using var pool = new ProcessPool(workers: 2);
        int[] lengths = await pool.MapAsync(arrays, static array => array[array.Length - 1] = (int)array.Length, Cancelled);
        Assert.Equal([10, 20, 30], lengths);
        foreach (var array in arrays)
        {
            Assert.Equal(array.Length, array[array.Length - 1]);
            array.Dispose();
        }
    }

    [Fact]
    public async Task Initializer_gives_an_array_to_all_workers()
    {
        using var array = new SharedArray<int>(2);
        await using var pool = new ProcessPool(new PoolOptions { Workers = 2, Initializer = () => s_fromInitializer = array });
        await pool.ForEachAsync(Enumerable.Range(0, 100), static _ => s_fromInitializer!.Increment(1), Cancelled);
        Assert.Equal(100, array[1]);
    }

    [Fact]
    public async Task Grandchild_uses_the_same_memory()
    {
        using var array = new SharedArray<int>(3);
        await ChildProcess.RunAsync(
            async () =>
            {
                array[0] = 1;
                await ChildProcess.RunAsync(
                    async () =>
                    {
                        array[1] = array[0] + 1;
                        await using var pool = new ProcessPool(workers: 1);
                        await pool.RunAsync(() => array[2] = array[1] + 1);
                    });
            },
            cancellationToken: Cancelled);
        Assert.Equal([1, 2, 3], array.Span.ToArray());
    }

    [Fact]
    public async Task Array_in_an_object_stays_one_array()
    {
        using var array = new SharedArray<int>(10);
        var pair = new { One = array, Same = new List<SharedArray<int>> { array } };
        Assert.Equal((true, 1), await ChildProcess.RunAsync(
            () => (ReferenceEquals(pair.One, pair.Same[0]), HeldMemory.Mappings), cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Child_cannot_write_to_a_view()
    {
        using var array = new SharedArray<int>(10);
        using var view = array.AsReadOnly();
        array[3] = 4;
        var (seen, mappings) = await ChildProcess.RunAsync(() => (view[3] + view.Span[3], HeldMemory.Lines()), cancellationToken: Cancelled);
        Assert.Equal(8, seen);
        Assert.Contains(" r--s ", Assert.Single(mappings));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Memory_of_a_view_may_be_opened_anew_for_reading_only_and_the_array_is_written_on()
    {
        using var array = new SharedArray<int>(10);
        using var view = array.AsReadOnly();
        var mode = await ChildProcess.RunAsync(
            () =>
            {
                int number = ((ISharedObject)view).Reference.Lease.Segment.File.Number;
                array[1] = view[0] + 1;
                return File.GetUnixFileMode($"/proc/self/fd/{number}");
            },
            cancellationToken: Cancelled);
        Assert.Equal(UnixFileMode.UserRead, mode);
        Assert.Equal(1, view[1]);
    }

    [Fact]
    public async Task Sealed_array_is_written_by_its_maker_alone_whatever_a_child_tries()
    {
        using var array = new SharedArray<int>(10, isSealed: true);
        using var view = array.AsReadOnly();
        array[3] = 4;
        var (seen, opened, written, mapped) = await ChildProcess.RunAsync(() => Attack(view), cancellationToken: Cancelled);
        Assert.Equal(4, seen);
        // The mode keeps only those from opening it who may not change it, nor are root.
        if (opened)
            Assert.Equal((Constants.EPERM, Constants.EPERM), (written, mapped));
        array[3]++;
        Assert.Equal(5, view[3]);
    }

    [Fact]
    public async Task Sealed_array_itself_is_refused_with_the_way_out()
    {
        using var array = new SharedArray<int>(10, isSealed: true);
        var refusal = await Assert.ThrowsAsync<TargetNotSupportedException>(
            () => ChildProcess.RunAsync(() => array[0], cancellationToken: Cancelled));
        Assert.Contains("AsReadOnly()", refusal.Message, StringComparison.Ordinal);
    }

    private static unsafe (int Seen, bool IsOpened, int WriteError, int MapError) Attack(ReadOnlySharedArray<int> view)
    {
        const int O_RDWR = 2;
        const int S_IRUSR_IWUSR = 0x180;
        int number = ((ISharedObject)view).Reference.Lease.Segment.File.Number;
        _ = LibC.ChangeMode(number, S_IRUSR_IWUSR);
        int descriptor;
        fixed (byte* path = System.Text.Encoding.UTF8.GetBytes($"/proc/self/fd/{number}\0"))
            descriptor = LibC.Open(path, O_RDWR | Constants.O_CLOEXEC);
        if (descriptor < 0)
            return (view[3], false, 0, 0);
        int zero = 0;
        int written = LibC.Write(descriptor, &zero, sizeof(int)) < 0 ? SystemError.Last : 0;
        void* address = LibC.Map(null, 4096, Constants.PROT_READ | Constants.PROT_WRITE, Constants.MAP_SHARED, descriptor, 0);
        int mapped = (nint)address == Constants.MAP_FAILED ? SystemError.Last : 0;
        _ = LibC.Close(descriptor);
        return (view[3], true, written, mapped);
    }

    [Fact]
    public async Task Child_sees_in_a_view_what_it_writes_to_the_array()
    {
        using var array = new SharedArray<int>(10);
        using var view = array.AsReadOnly();
        Assert.Equal(5, await ChildProcess.RunAsync(
            () =>
            {
                array[9] = 5;
                return view[9];
            },
            cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Array_lives_on_in_a_child_when_the_parent_has_disposed_of_it()
    {
        int before = HeldMemory.Settled().Mappings;
        var array = new SharedArray<int>(10_000);
        using var sum = new SharedValue<long>();
        array.Fill(2);
        var gate = NewGate();
        var task = ChildProcess.RunAsync(
            () =>
            {
                sum.Value = 1;
                gate.Pass();
                foreach (int element in array.Span)
                    sum.Add(element);
            },
            cancellationToken: Cancelled);
        array.Dispose();
        await Until.TrueAsync(() => sum.Value == 1);
        Assert.Equal(before + 1, HeldMemory.Mappings);
        gate.Open();
        await task;
        Assert.Equal(20_001, sum.Value);
    }

    [Fact]
    public async Task Array_that_a_child_made_comes_through_a_channel_and_outlives_it()
    {
        using var channel = ProcessChannel.CreateBounded<SharedArray<int>>(1);
        var writer = channel.Writer;
        var writing = ChildProcess.RunAsync(
            async () =>
            {
                using var made = new SharedArray<int>(10);
                made[9] = 9;
                await writer.WriteAsync(made);
            },
            cancellationToken: Cancelled);
        using var array = await channel.Reader.ReadAsync(Cancelled);
        await writing;
        Assert.Equal(9, array[9]);
        Assert.Equal(10, await ChildProcess.RunAsync(() => array.Increment(9), cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Disposed_array_is_refused_before_a_process_starts()
    {
        var array = new SharedArray<int>(10);
        array.Dispose();
        var refusal = await Assert.ThrowsAsync<TargetNotSupportedException>(() => ChildProcess.RunAsync(() => array[0], cancellationToken: Cancelled));
        Assert.Equal("captured 'array' : SharedArray<int>", refusal.Path);
    }

    [Fact]
    public async Task Span_in_a_child_can_be_used_to_its_end()
    {
        using var array = new SharedArray<int>(10_000);
        Assert.Equal(10_000, await ChildProcess.RunAsync(() => FillAfterCollection(array), cancellationToken: Cancelled));
        Assert.Equal(1, array[9_999]);
    }

    [Fact]
    public async Task Worker_keeps_an_array_to_the_end_of_its_task_and_no_longer()
    {
        using var array = new SharedArray<int>(10_000);
        await using var pool = new ProcessPool(workers: 1);
        Assert.Equal(10_000, await pool.RunAsync(FillAfterCollection, array, Cancelled));
        Assert.Equal(0, await pool.RunAsync(static () =>
        {
            HeldMemory.CollectGarbage();
            return HeldMemory.Mappings;
        }, Cancelled));
    }

    [Fact]
    public async Task Worker_that_is_given_large_arrays_does_not_hold_them_all()
    {
        await using var pool = new ProcessPool(workers: 1);
        int most = 0;
        for (int i = 0; i < 100; i++)
        {
            using var array = new SharedArray<byte>(16 << 20);
            most = Math.Max(most, await pool.RunAsync(static array =>
            {
                array[0] = array.Span[1];
                return HeldMemory.Mappings;
            }, array, Cancelled));
        }
        Assert.InRange(most, 1, 50);
    }

    private static void Square(SharedArray<long> array, int start)
    {
        for (long i = start; i < array.Length; i++)
            array[i] = i * i;
    }

    // To the collector the array is garbage as soon as its span has been taken.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int FillAfterCollection(SharedArray<int> array)
    {
        var span = array.Span;
        array = null!;
        HeldMemory.CollectGarbage();
        span.Fill(1);
        return span.Length;
    }
}
