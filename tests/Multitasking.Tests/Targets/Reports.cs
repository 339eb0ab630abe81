using System.Collections.Concurrent;

namespace Multitasking.Tests.Targets;

/// <summary>Keeps what a child reports, at once and in order, and lets a test wait for a certain report instead of a time.</summary>
internal sealed class Reports<T> : IProgress<T> where T : notnull
{
    private readonly ConcurrentQueue<T> _seen = new();
    private readonly ConcurrentDictionary<T, TaskCompletionSource> _awaited = new(comparer: null);

    internal IReadOnlyCollection<T> Seen => _seen;

    /// <summary>Typed as what crosses by reference; a variable of this class is refused.</summary>
    internal IProgress<T> Original => this;

    public void Report(T value)
    {
        _seen.Enqueue(value);
        Of(value).TrySetResult();
    }

    internal Task UntilAsync(T value) => Of(value).Task;

    private TaskCompletionSource Of(T value) =>
        _awaited.GetOrAdd(value, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
