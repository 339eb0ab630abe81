namespace Multitasking.Faults.SystemCalls;

/// <summary>What fails, with which error, and when.</summary>
/// <param name="Side">Where.</param>
/// <param name="Call">The call, by its name in shim.c.</param>
/// <param name="Error">The name of the error.</param>
/// <param name="At">The number of the first call that fails, from 1.</param>
/// <param name="Lasts">Whether all later ones fail too.</param>
public sealed record Fault(FaultSide Side, string Call, string Error, int At, bool Lasts)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Call} {Error} at {At}{(Lasts ? " and on" : "")} in the {(Side == FaultSide.Parent ? "parent" : "child")}";
}
