namespace Multitasking.Copying.Filtering;

/// <summary>How a path stands to a list of paths.</summary>
internal enum Listing : byte
{
    /// <summary>The list has neither it, nor what it is in, nor anything in it.</summary>
    Absent,

    /// <summary>Something in it is listed.</summary>
    OnTheWay,

    /// <summary>It is listed, or a folder that it is in.</summary>
    Listed,
}
