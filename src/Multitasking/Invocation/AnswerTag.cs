namespace Multitasking.Invocation;

/// <summary>What follows in the stream of answers of a pool's worker; docs/protocol.md describes each.</summary>
internal enum AnswerTag : byte
{
    /// <summary>A result: of a fixed size known to both sides, or a length and that many bytes.</summary>
    Value = 0,

    /// <summary>A length and a failure.</summary>
    Failure = 1,

    /// <summary>A length, the number of a progress, and a value for it.</summary>
    Report = 2,

    /// <summary>
    /// The task is done with, as far as it was not taken back: how long it ran, how much of that its captured variables took, and how much
    /// memory the worker holds.
    /// </summary>
    End = 3,
}
