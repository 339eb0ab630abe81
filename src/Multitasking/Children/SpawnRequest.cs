using Multitasking.Interop;

namespace Multitasking.Children;

/// <summary>What the monitor needs to start a child.</summary>
internal sealed record SpawnRequest(IChildEvents Events, ReadOnlyMemory<byte> Invocation, bool IsDaemon)
{
    /// <summary>Descriptors that the child gets beside its link, under the same numbers.</summary>
    internal IReadOnlyList<SafeDescriptor> Inherited { get; init; } = [];

    /// <summary>The processors it may use; <see langword="null"/> for its parent's.</summary>
    internal IReadOnlyCollection<int>? Processors { get; init; }

    /// <summary>When it is terminated, in <see cref="System.Diagnostics.Stopwatch"/> ticks; <see langword="null"/> for never.</summary>
    internal long? Deadline { get; init; }

    /// <summary>Whether the target has a token, so that it can be asked to end before a signal makes it.</summary>
    internal bool CanBeAsked { get; init; }

    /// <summary>How long each step of its termination waits.</summary>
    internal TimeSpan Grace { get; init; }
}
