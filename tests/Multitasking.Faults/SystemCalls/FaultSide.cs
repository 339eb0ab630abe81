namespace Multitasking.Faults.SystemCalls;

/// <summary>Where a call fails; the numbers are those of shim.c.</summary>
public enum FaultSide
{
    /// <summary>In the program itself.</summary>
    Parent,

    /// <summary>In whichever of its children makes the n-th call.</summary>
    Child,
}
