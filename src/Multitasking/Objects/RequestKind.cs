namespace Multitasking.Objects;

/// <summary>What a client says to an object's process.</summary>
internal enum RequestKind : byte
{
    /// <summary>Here is where answers go.</summary>
    Join = 1,

    /// <summary>A member is called.</summary>
    Call = 2,

    /// <summary>A token of a call was cancelled.</summary>
    Cancel = 3,

    /// <summary>There will be no more calls.</summary>
    Leave = 4,
}
