namespace Multitasking.SharedMemory;

/// <summary>What all objects of one process that use one memory have in common, where other processes have to know who uses it.</summary>
internal interface IShared
{
    /// <summary>This process' place among those that use it.</summary>
    Membership Membership { get; }
}
