namespace Multitasking.Copying.Interop;

/// <summary>What makes a file that file, whatever it is called: an inode number means nothing without its device.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);
