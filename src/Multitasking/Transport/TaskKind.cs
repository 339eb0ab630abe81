namespace Multitasking.Transport;

/// <summary>What a message in the ring of tasks says; docs/protocol.md describes each.</summary>
internal enum TaskKind : byte
{
    /// <summary>A type that tasks refer to by number from now on.</summary>
    Type = 1,

    /// <summary>A target that tasks refer to by number from now on.</summary>
    Target = 2,

    /// <summary>Calls to run.</summary>
    Run = 3,

    /// <summary>There will be no further tasks.</summary>
    Leave = 4,

    /// <summary>A converter that the pool's process registered since the worker started.</summary>
    Converter = 5,

    /// <summary>Captured variables that chunks refer to by number from now on.</summary>
    Captured = 6,

    /// <summary>No chunk refers to a number any more.</summary>
    Drop = 7,

    /// <summary>The call that a worker makes before its first task.</summary>
    Initializer = 8,

    /// <summary>A token of the calls that come next was cancelled.</summary>
    Cancelled = 9,
}
