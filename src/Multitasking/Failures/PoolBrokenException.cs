namespace Multitasking;

/// <summary>
/// A pool gave up: three workers in a row did not come to life, because its initializer failed or no process could be started. What
/// happened to the last of them is the <see cref="Exception.InnerException"/>. The pool stays broken; make another when the cause is mended.
/// </summary>
public sealed class PoolBrokenException : MultitaskingException
{
    internal PoolBrokenException(string pool, Exception cause)
        : base($"{pool} is broken: its workers do not come to life. {cause.Message} Mend the cause and make a new pool.", cause) =>
        PoolName = pool;

    /// <summary>The name of the pool.</summary>
    public string PoolName { get; }
}
