namespace Multitasking.Invocation;

/// <summary>What a message to run calls says in its head.</summary>
[Flags]
internal enum TaskMessage : byte
{
    None = 0,

    /// <summary>Each call's arguments are preceded by their length.</summary>
    Framed = 1,

    /// <summary>The context of a trace follows, as text.</summary>
    Traced = 2,

    /// <summary>Descriptors of shared memory go with it, by their own way.</summary>
    Shares = 4,

    /// <summary>The captured variables were sent before: their number stands in their place.</summary>
    Captured = 8,

    /// <summary>The caller's cultures follow.</summary>
    Cultured = 16,
}
