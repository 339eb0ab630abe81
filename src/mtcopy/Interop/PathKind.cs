using Multitasking.Copying;

namespace Mtcopy.Interop;

/// <summary>What stands under a path, whose name may be any bytes.</summary>
internal static class PathKind
{
    private const int PathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;

    // Their values differ between the kinds of processor that there are programs for.
    private static readonly int s_folder = IsArm64 ? 0x4000 : 0x10000;
    private static readonly int s_noFollow = IsArm64 ? 0x8000 : 0x20000;

    public static int NoFollow => s_noFollow;

    private static bool IsArm64 => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;

    /// <summary>Whether it is a folder, or with <paramref name="follow"/> a link to one.</summary>
    public static unsafe bool IsFolder(FilePath path, bool follow)
    {
        fixed (byte* name = Terminated(path))
        {
            int descriptor = LibC.Open(name, PathOnly | CloseOnExec | s_folder | (follow ? 0 : s_noFollow), 0);
            if (descriptor >= 0)
                _ = LibC.Close(descriptor);
            return descriptor >= 0;
        }
    }

    /// <summary>Whether it is a symbolic link.</summary>
    public static unsafe bool IsLink(FilePath path)
    {
        byte target;
        fixed (byte* name = Terminated(path))
            return LibC.ReadLink(name, &target, 1) >= 0;
    }

    /// <summary>The path as the kernel wants it.</summary>
    public static byte[] Terminated(FilePath path) => [.. path.Bytes, 0];
}
