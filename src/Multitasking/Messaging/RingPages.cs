using System.Diagnostics.CodeAnalysis;
using Multitasking.Interop;
using Multitasking.SharedMemory;

namespace Multitasking.Messaging;

/// <summary>How much of a channel's ring has memory: it is set aside as the ring fills, and given back when a burst is over.</summary>
/// <param name="segment">The channel's memory.</param>
/// <param name="membership">Who uses it.</param>
/// <param name="ring">The ring.</param>
/// <param name="writing">The writers' lock, which guards how much there is.</param>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The timer fires once and is garbage.")]
internal sealed unsafe class RingPages(SharedSegment segment, Membership membership, ChannelRing ring, RobustLock writing)
{
    private const int AllocatedWord = SegmentLayout.State + 256, FirstStep = 64 << 10, LargestStep = 4 << 20;

    // The system takes a fifth of a millisecond for a megabyte, in which nobody writes. More is given back in such pieces.
    private const long MostAtOnce = 32 << 20, Piece = 4 << 20;

    // For what is given back later: the next burst may be near.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    private readonly long _ringBytes = segment.Size - SegmentLayout.Size;
    private Timer? _later;
    private int _isLater;

    private ref long Allocated => ref *(long*)(segment.Start + AllocatedWord);

    /// <summary>Under the writers' lock: what is written to has pages, or the write fails here and now.</summary>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    internal void Allocate(long end)
    {
        long allocated = Allocated;
        if (end <= allocated)
        {
            if (allocated > ring.WarmBytes && end <= ring.WarmBytes)
                Trim(allocated);
            return;
        }
        if (allocated < 0)
            throw Membership.Scribbled($"a ring of which {allocated} bytes have memory");
        long wanted = Math.Min(_ringBytes, Math.Max(end, allocated + Math.Clamp(allocated, FirstStep, LargestStep)));
        // Asked before: to set aside pages that are not there does not fail but has the system kill a process.
        if (wanted - allocated >= LargestStep
            && AvailableMemory.Bytes is var available && wanted - allocated > available - (available / 32))
            throw NoMemory(allocated, null);
        try
        {
            SharedBlock.Allocate(segment.File, SegmentLayout.Size + allocated, wanted - allocated);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw NoMemory(allocated, exception);
        }
        Volatile.Write(ref Allocated, wanted);
    }

    /// <summary>Under the readers' lock: when a burst is over, what it took goes back to the system.</summary>
    internal void TrimIfEmpty()
    {
        if (Volatile.Read(ref Allocated) <= ring.WarmBytes || Volatile.Read(ref _isLater) != 0 || ring.Count != 0 || !writing.TryEnter())
            return;
        try
        {
            Trim(Allocated);
        }
        finally
        {
            writing.Exit();
        }
    }

    private InsufficientMemoryException NoMemory(long allocated, Exception? cause) => new(
        $"There is no memory for a message: {ring.Count:N0} wait in the channel to be read, in {allocated:N0} bytes. " +
        "Read them, or make the channel a bounded one.",
        cause);

    /// <summary>Under the writers' lock: gives a little back now and much later.</summary>
    private void Trim(long allocated)
    {
        if (Volatile.Read(ref _isLater) != 0 || !CanTrim(allocated))
            return;
        if (allocated - ring.WarmBytes <= MostAtOnce)
            GiveBack(allocated, ring.WarmBytes);
        else
            TrimLater();
    }

    // Whoever reads goes on in the warm part only: behind it nothing is left.
    private bool CanTrim(long allocated) => allocated <= _ringBytes && ring.IsWarm(ring.Tail, ring.Head);

    private void GiveBack(long allocated, long kept)
    {
        // In this order: killed between, pages that are said to be missing are there.
        Volatile.Write(ref Allocated, kept);
        SharedBlock.Free(segment.File, SegmentLayout.Size + kept, allocated - kept);
    }

    private void TrimLater()
    {
        Volatile.Write(ref _isLater, 1);
        _later ??= new Timer(static pages => ((RingPages)pages!).OnLater(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _later.Change(s_pause, Timeout.InfiniteTimeSpan);
    }

    private void OnLater()
    {
        try
        {
            _ = membership.TryUse(_ => TrimInPieces());
        }
        catch (InvalidDataException)
        {
            // Scribbled over; who uses it next is told.
        }
        finally
        {
            Volatile.Write(ref _isLater, 0);
        }
    }

    /// <summary>Lets writers in between. Where another burst has come meanwhile, its end begins anew.</summary>
    private void TrimInPieces()
    {
        for (bool goesOn = true; goesOn;)
        {
            writing.Enter();
            try
            {
                long allocated = Allocated;
                goesOn = allocated > ring.WarmBytes && CanTrim(allocated);
                if (goesOn)
                    GiveBack(allocated, Math.Max(ring.WarmBytes, allocated - Piece));
            }
            finally
            {
                writing.Exit();
            }
        }
    }
}
