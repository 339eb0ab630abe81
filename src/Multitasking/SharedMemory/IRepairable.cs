namespace Multitasking.SharedMemory;

/// <summary>An object in shared memory that can be put in order when a process that used it has died.</summary>
internal interface IRepairable
{
    /// <summary>Takes the object's own locks away from a member that has died. The state lock is seen to already.</summary>
    void Unlock(int slot);

    /// <summary>Gives up, on behalf of a member that has died or leaves, what it held. May be called again when the one who does it dies in the middle.</summary>
    void Abandon(int slot);
}
