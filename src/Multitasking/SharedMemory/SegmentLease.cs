namespace Multitasking.SharedMemory;

/// <summary>One object's share in a <see cref="SharedSegment"/>: with the last of them, this process lets go of the memory.</summary>
internal sealed class SegmentLease : IDisposable
{
    private int _isReturned;
    private volatile bool _hasHandedOut;
    private volatile bool _outlivesWhatItHandsOut;

    internal SegmentLease(SharedSegment segment, int role)
    {
        Segment = segment;
        Role = role;
    }

    ~SegmentLease()
    {
        // Garbage to the collector is an array whose span a loop still runs over: it knows nothing of memory that is not its own. Better this memory stays until the process ends.
        if (!KeepsWhenForgotten)
            Return();
    }

    internal SharedSegment Segment { get; }

    /// <summary>What its holder may do with it, in bits; 0 where no other process needs to know.</summary>
    internal int Role { get; }

    internal bool IsReturned => Volatile.Read(ref _isReturned) != 0;

    /// <summary>Whether the memory stays mapped when this is garbage and was never disposed.</summary>
    internal bool KeepsWhenForgotten => _hasHandedOut && !_outlivesWhatItHandsOut;

    public void Dispose()
    {
        Return();
        GC.SuppressFinalize(this);
    }

    /// <summary>A further share, to be returned for itself.</summary>
    /// <exception cref="ObjectDisposedException">This one was returned.</exception>
    internal SegmentLease Share(int role)
    {
        ObjectDisposedException.ThrowIf(IsReturned, this);
        return Segment.Lease(role);
    }

    /// <summary>The program gets a span or a reference into the memory, of which nobody knows how long it is used.</summary>
    internal void HandOut() => _hasHandedOut = true;

    /// <summary>Somebody keeps the object for as long as spans of it are used: a worker, those that arrived in a task, until that task ends. Afterwards it may be forgotten.</summary>
    internal void OutlivesWhatItHandsOut() => _outlivesWhatItHandsOut = true;

    /// <summary>Keeps the memory where it is until the end of the block.</summary>
    /// <param name="owner">Who uses it, for the error.</param>
    /// <exception cref="ObjectDisposedException">It was returned.</exception>
    internal SegmentUse Use(object owner)
    {
        ObjectDisposedException.ThrowIf(IsReturned, owner);
        return new SegmentUse(Segment, owner);
    }

    private void Return()
    {
        if (Interlocked.Exchange(ref _isReturned, 1) == 0)
            Segment.Return(Role);
    }
}
