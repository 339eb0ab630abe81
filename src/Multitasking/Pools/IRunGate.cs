namespace Multitasking.Pools;

/// <summary>Asked by a task that runs in this process: a run that was given up has no say any more.</summary>
internal interface IRunGate
{
    /// <summary>Asked before the target is called, when all that the call needs has been taken from the task: from here on the run may be given up.</summary>
    /// <returns><see langword="false"/> when the call is no longer wanted.</returns>
    bool TryBegin();

    /// <summary>Asked before the outcome is published.</summary>
    bool TryFinish();
}
