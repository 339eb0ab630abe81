namespace Multitasking.Synchronization;

/// <summary>Which lock shared memory holds: what a process that is given it checks. Not 0, which is memory that nobody has begun to use.</summary>
internal enum LockKind
{
    Mutex = 0x101,
    Semaphore,
    Event,
    Condition,
    Barrier,
    Countdown,
    ReaderWriter,
}
