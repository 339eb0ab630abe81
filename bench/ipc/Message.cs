using System.Runtime.InteropServices;

/// <summary>64 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct Message
{
    /// <summary>Which message of its figure.</summary>
    internal long Number;

    /// <summary>How long the other process is to sleep before it answers, in milliseconds.</summary>
    internal int Rest;

    /// <summary>How long it did, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    internal long Rested;
}
