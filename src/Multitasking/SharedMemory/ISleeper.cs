namespace Multitasking.SharedMemory;

/// <summary>What a waiter keeps who wants to know that he is about to sleep. A class: it is the same one that looks.</summary>
internal interface ISleeper
{
    /// <summary>Called before each sleep, after the last look, with the sleeper counted in.</summary>
    /// <returns>How long to sleep at most before the next look; <see cref="Timeout.InfiniteTimeSpan"/> until woken.</returns>
    TimeSpan Retire();
}
