namespace Multitasking.Invocation;

/// <summary>How far the writing of an object has come.</summary>
internal enum WrittenStage : byte
{
    /// <summary>Its head is being written.</summary>
    None,

    /// <summary>Its body is still to be written.</summary>
    Head,

    /// <summary>Its body is being written.</summary>
    Body,

    /// <summary>It is written; what it refers to may not be.</summary>
    Whole,

    /// <summary>It is written, and so is all that it leads to.</summary>
    Closed,
}
