namespace Multitasking.Copying.Interop;

/// <summary>The type of a file, with the values that <c>getdents64</c> uses; a mode shifted right by twelve gives the same.</summary>
internal enum FileKind : byte
{
    Unknown = 0,
    Fifo = 1,
    CharacterDevice = 2,
    Folder = 4,
    BlockDevice = 6,
    Regular = 8,
    SymbolicLink = 10,
    Socket = 12,

    /// <summary>No kind of the kernel's: marks an entry in a block that a rule leaves out.</summary>
    LeftOut = 255,
}
