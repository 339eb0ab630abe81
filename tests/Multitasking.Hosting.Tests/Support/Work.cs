using Multitasking.Contracts;

namespace Multitasking.Hosting.Tests.Support;

/// <summary>What the pools of the tests run.</summary>
internal static class Work
{
    internal static int IdAfter(Gate gate)
    {
        gate.Pass();
        return Environment.ProcessId;
    }
}
