namespace Multitasking.Pools;

/// <summary>Asked by a task that ran in this process before it publishes its outcome: a run that was given up meanwhile has no say any more.</summary>
internal interface IRunGate
{
    bool TryFinish();
}
