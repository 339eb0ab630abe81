namespace Multitasking.SharedMemory;

/// <summary>Tells whether the death of those who share an object with this process would be noticed.</summary>
internal enum PeerCoverage
{
    /// <summary>The death of each would.</summary>
    Whole,

    /// <summary>One of them is dead already.</summary>
    SomeAreDead,

    /// <summary>There is no descriptor or thread to watch all of them; who waits has to look for himself, again and again.</summary>
    Blind,
}
