namespace Multitasking.Pools.Flow;

/// <summary>Reads the source of a map, a chunk at a time, and says when it would have to wait for the next item.</summary>
internal abstract class ItemSource<T> : IAsyncDisposable
{
    // A chunk is handed over unfilled when its items come slower than this.
    private const int MostMilliseconds = 2;

    /// <summary>How many items are left, if that is known.</summary>
    internal virtual long? Left => null;

    /// <summary>Tells whether there are no further items.</summary>
    internal bool IsExhausted { get; private protected set; }

    /// <summary>The exception that the source threw; it is exhausted then.</summary>
    internal Exception? Failure { get; private protected set; }

    /// <summary>Tells whether <see cref="End"/> can hurry it.</summary>
    internal virtual bool HeedsEnd => false;

    /// <summary>Triggered when no further items are wanted.</summary>
    internal CancellationToken End { get; set; }

    /// <summary>How long a source that is on the way to its next item may take to give way then.</summary>
    internal TimeSpan Grace { get; set; }

    internal static ItemSource<T> Of(IEnumerable<T> source) => source switch
    {
        T[] array => new ArraySource<T>(array),
        _ => new SequenceSource<T>(source),
    };

    /// <summary>The next items, at least one; empty at the end, and while the next one is still to come.</summary>
    internal abstract ArraySegment<T> Read(int most);

    /// <summary>After an empty <see cref="Read"/>: has <paramref name="signal"/> raised when reading makes sense again.</summary>
    internal virtual void RaiseWhenReady(Action signal) => signal();

    public abstract ValueTask DisposeAsync();

    /// <summary>Tells whether a chunk that was begun then should not wait for further items.</summary>
    private protected static bool IsLate(long begun) => Environment.TickCount64 - begun >= MostMilliseconds;
}
