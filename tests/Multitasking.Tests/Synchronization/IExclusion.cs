namespace Multitasking.Tests.Synchronization;

/// <summary>Something that lets one at a time in, as the contract sees it.</summary>
internal interface IExclusion : IDisposable
{
    /// <returns>What leaves it again; null when the time has passed.</returns>
    IDisposable? TryEnter(TimeSpan limit, CancellationToken token = default);

    Task<IDisposable?> TryEnterAsync(TimeSpan limit, CancellationToken token = default);
}
