namespace Multitasking.Messaging;

/// <summary>What became of an attempt to read or write.</summary>
internal enum ChannelOutcome
{
    /// <summary>There is no room, or no message, at this moment.</summary>
    NotNow,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>There will be none any more.</summary>
    Closed,
}
