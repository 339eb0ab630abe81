namespace Multitasking;

/// <summary>
/// A pool gave up: three workers in a row did not come to life. What happened to the last of them is the
/// <see cref="Exception.InnerException"/>. Where the initializer failed the pool stays broken; make another when the cause is mended. Where
/// the system had no thread, process or descriptor to give, the next task tries again.
/// </summary>
public sealed class PoolBrokenException : MultitaskingException
{
    internal PoolBrokenException(string pool, Exception cause, bool isFinal)
        : base(isFinal
            ? $"{pool} is broken: its workers do not come to life. {cause.Message} Mend the cause and make a new pool."
            : $"{pool} has no worker, and none comes to life. {cause.Message} The next task tries again.", cause) =>
        PoolName = pool;

    /// <summary>The name of the pool.</summary>
    public string PoolName { get; }
}
