namespace Multitasking.SharedMemory;

/// <summary>One object's share in a <see cref="SharedSegment"/>: with the last of them, this process lets go of the memory.</summary>
internal sealed class SegmentLease : IDisposable
{
    private int _isReturned;

    internal SegmentLease(SharedSegment segment, int role)
    {
        Segment = segment;
        Role = role;
    }

    ~SegmentLease() => Return();

    internal SharedSegment Segment { get; }

    /// <summary>What its holder may do with it, in bits; 0 where no other process needs to know.</summary>
    internal int Role { get; }

    internal bool IsReturned => Volatile.Read(ref _isReturned) != 0;

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
