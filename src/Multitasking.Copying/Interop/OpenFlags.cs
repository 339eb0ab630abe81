using System.Runtime.InteropServices;

namespace Multitasking.Copying.Interop;

/// <summary>Flags of <c>openat</c>; two of them have other values on arm64.</summary>
internal static class OpenFlags
{
    internal const int WriteOnly = 1;
    internal const int ReadWrite = 2;
    internal const int Create = 0x40;
    internal const int Exclusive = 0x80;
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;
    internal const int PathOnly = 0x200000;

    internal static int Directory { get; } = IsArm64 ? 0x4000 : 0x10000;
    internal static int NoFollow { get; } = IsArm64 ? 0x8000 : 0x20000;

    /// <summary>A file to read. Non-blocking, so that a FIFO that took the file's place cannot hang the worker.</summary>
    internal static int ReadFile { get; } = NoFollow | NonBlocking | CloseOnExec;

    /// <summary>A new file to write; never an existing one, never through a link.</summary>
    internal static int CreateFile { get; } = WriteOnly | Create | Exclusive | NoFollow | CloseOnExec;

    /// <summary>The same, of what a symbolic link leads to.</summary>
    internal static int ReadFileFollowed { get; } = NonBlocking | CloseOnExec;

    /// <summary>The same as <see cref="CreateFile"/>, to be read back too.</summary>
    internal static int CreateFileToRead { get; } = ReadWrite | Create | Exclusive | NoFollow | CloseOnExec;

    /// <summary>An existing file to write over; never through a link.</summary>
    internal static int WriteFile { get; } = ReadWrite | NoFollow | NonBlocking | CloseOnExec;

    /// <summary>A folder that stands inside an open folder.</summary>
    internal static int Folder { get; } = Directory | NoFollow | NonBlocking | CloseOnExec;

    /// <summary>A folder that the user named; links on the way to it are followed.</summary>
    internal static int FolderFollowed { get; } = Directory | NonBlocking | CloseOnExec;

    private static bool IsArm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
}
