using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Tests.Support;

/// <summary>Faults of system calls for as long as it is not disposed, in this process and in worker processes. Tests of this project run one at a time, so nobody else meets them.</summary>
internal sealed class InstalledFaults : IDisposable
{
    internal InstalledFaults(params ScriptedFault[] faults) => FaultScript.Install(new FaultScript(faults));

    public void Dispose() => FaultScript.Install(null);
}
