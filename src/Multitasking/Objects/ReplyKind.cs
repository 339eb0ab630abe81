namespace Multitasking.Objects;

/// <summary>What an object's process says to a client.</summary>
internal enum ReplyKind : byte
{
    /// <summary>The object is there.</summary>
    Ready = 1,

    /// <summary>What a member returned.</summary>
    Value = 2,

    /// <summary>What it threw.</summary>
    Failure = 3,

    /// <summary>It gave way to the cancellation.</summary>
    Canceled = 4,
}
