using System.Runtime.InteropServices;

namespace Multitasking.Interop;

/// <summary>A file descriptor that this process owns. Closed once, by <c>Dispose</c> or by the finalizer.</summary>
internal sealed class SafeDescriptor : SafeHandle
{
    internal SafeDescriptor(int descriptor) : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    /// <summary>The number, for a call that keeps this object alive.</summary>
    internal int Number => (int)handle;

    protected override bool ReleaseHandle() => LibC.Close((int)handle) == 0;
}
