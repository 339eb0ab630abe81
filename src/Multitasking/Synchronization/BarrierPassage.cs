namespace Multitasking.Synchronization;

/// <summary>What a participant of a <see cref="ProcessBarrier"/> learns when all have arrived.</summary>
/// <param name="Phase">The number of the phase that has ended, from 0.</param>
/// <param name="Order">As which of the participants it arrived, from 0. Each number occurs once in a phase.</param>
/// <param name="IsLast">Whether it was the last to arrive. That is so for exactly one, which may do what is to be done once in a phase.</param>
public readonly record struct BarrierPassage(long Phase, int Order, bool IsLast);
