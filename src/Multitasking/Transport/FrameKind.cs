namespace Multitasking.Transport;

/// <summary>What a frame says; docs/protocol.md describes each payload.</summary>
internal enum FrameKind : byte
{
    /// <summary>Parent to child, once and first: who the child is, what to run and with what.</summary>
    Invoke = 1,

    /// <summary>Parent to child: a cancellation token that crossed was cancelled, or all were.</summary>
    Cancel = 2,

    /// <summary>Parent to a pool's worker: a token that crossed with a task was cancelled, or all of it were.</summary>
    CancelTask = 3,

    /// <summary>Child to parent, at most once: the target's result.</summary>
    Answer = 16,

    /// <summary>Child to parent, at most once and never after an answer: the exception that ended the target.</summary>
    Failure = 17,

    /// <summary>Child to parent: a value for an <see cref="IProgress{T}"/> that crossed.</summary>
    Report = 18,

    /// <summary>A pool's worker to its pool, once: it has come to life and takes tasks.</summary>
    Ready = 19,
}
