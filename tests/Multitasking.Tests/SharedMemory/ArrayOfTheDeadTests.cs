using System.Runtime.InteropServices;
using Multitasking.Contracts;
using Multitasking.Interop;
using Multitasking.SharedMemory;
using Multitasking.Tests.Support;
using Xunit;

namespace Multitasking.Tests.SharedMemory;

/// <summary>Memory stays for those who have it, whoever made it and however that one ended.</summary>
[Collection(nameof(Alone))]
public sealed class ArrayOfTheDeadTests : WorkerTest
{
    [Fact]
    public async Task Array_whose_creator_was_killed_stays_with_two_others_and_goes_with_them()
    {
        var before = HeldMemory.Settled();
        string where = FileNamed("where");
        var creator = new ChildProcess(Create, args: [where]) { IsDaemon = true };
        creator.Start();
        await Until.TrueAsync(() => File.Exists(where));
        using (var array = Open(creator.Id!.Value, File.ReadAllLines(where)))
        {
            creator.Kill();
            await creator.JoinAsync(Cancelled);
            Assert.Equal(10_000 * 5, Sum(array));
            array[0] = 6;
            Assert.Equal((10_000 * 5) + 1, await ChildProcess.RunAsync(() => Sum(array), cancellationToken: Cancelled));
            Assert.Equal((before.Mappings + 1, before.Descriptors + 1), HeldMemory.Settled());
        }
        Assert.Equal(before, HeldMemory.Settled());
    }

    [Fact]
    public async Task Worker_that_is_killed_while_it_writes_leaves_the_array_to_the_others()
    {
        using var array = new SharedArray<long>(1000);
        await using (var pool = new ProcessPool(workers: 2))
        {
            var writing = pool.RunAsync(() => WriteForEver(array), Cancelled);
            await Until.TrueAsync(() => Volatile.Read(ref array.GetReference(999)) > 10);
            int writer = (int)array[0];
            OtherParent.Signal(ProcessIdentity.Of(writer), Constants.SIGKILL);
            await Assert.ThrowsAsync<WorkerLostException>(() => writing);
            Assert.Equal(writer, await pool.RunAsync(() => array[0], Cancelled));
            await pool.RunAsync(() => array.Fill(3), Cancelled);
        }
        Assert.False(array.Span.ContainsAnyExcept(3));
    }

    private static void Create(string where)
    {
        var array = new SharedArray<int>(10_000);
        array.Fill(5);
        var segment = ((ISharedObject)array).Reference.Lease.Segment;
        File.WriteAllLines(where + ".new", [$"{segment.File.Number}", $"{segment.Id}"]);
        File.Move(where + ".new", where);
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>What travels goes from a parent down, and does not outlive it; so this takes it from the creator's descriptors.</summary>
    private static unsafe SharedArray<int> Open(int creator, string[] where)
    {
        byte* path = (byte*)Marshal.StringToCoTaskMemUTF8($"/proc/{creator}/fd/{where[0]}");
        int descriptor = LibC.Open(path, Constants.O_CLOEXEC | 2);
        Marshal.FreeCoTaskMem((nint)path);
        Assert.True(descriptor >= 0);
        return Arriving.Into(new SharedArray<int>(1), new SharedArrival([new SafeDescriptor(descriptor)], Guid.Parse(where[1]), 10_000 * sizeof(int), 0, 10_000, sizeof(int)));
    }

    private static long Sum(SharedArray<int> array)
    {
        long sum = 0;
        foreach (int element in array.Span)
            sum += element;
        return sum;
    }

    private static void WriteForEver(SharedArray<long> array)
    {
        array[0] = Environment.ProcessId;
        for (long i = 0; ; i++)
            array.Slice(1, 999).Fill(i);
    }
}
