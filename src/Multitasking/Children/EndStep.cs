namespace Multitasking.Children;

/// <summary>The steps by which a child is ended, in their order.</summary>
internal enum EndStep
{
    None,
    Asked,
    Terminated,
    Killed,

    /// <summary>Nothing waits for it any more, and it is reaped when it ends.</summary>
    GivenUp,
}
