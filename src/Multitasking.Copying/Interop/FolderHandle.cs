using Microsoft.Win32.SafeHandles;

namespace Multitasking.Copying.Interop;

/// <summary>An open folder. Everything inside it is named relative to this, so renaming its parents does no harm.</summary>
internal sealed class FolderHandle : SafeHandleMinusOneIsInvalid
{
    internal FolderHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    /// <summary>The number for system calls; valid while the caller keeps the folder pinned.</summary>
    internal int Descriptor => (int)handle;

    protected override bool ReleaseHandle() => Kernel.Close((int)handle) == 0;
}
