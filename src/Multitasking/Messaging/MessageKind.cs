namespace Multitasking.Messaging;

/// <summary>What stands in the head of a message.</summary>
internal enum MessageKind : byte
{
    /// <summary>A value.</summary>
    Value = 1,

    /// <summary>A text or an array that is null.</summary>
    Null = 2,

    /// <summary>The exception with which the channel was completed.</summary>
    Failure = 3,

    /// <summary>Nothing: the next message stands at the beginning of the ring.</summary>
    Wrap = 4,
}
