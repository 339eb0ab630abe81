namespace Multitasking.Bootstrap;

/// <summary>What a worker of a pool is told when it starts.</summary>
/// <param name="Memory">The descriptor of the memory that it shares with its pool.</param>
/// <param name="Socket">The descriptor of the socket by which descriptors come that go with a task, and by which it wakes its pool.</param>
/// <param name="TellsStarts">Whether it notes when each call begins.</param>
/// <param name="TellsMemory">Whether it tells how much memory it holds.</param>
/// <param name="HasInitializer">Whether the first message to it is the call that it makes before its first task.</param>
internal readonly record struct PoolHostOptions(int Memory, int Socket, bool TellsStarts, bool TellsMemory, bool HasInitializer);
