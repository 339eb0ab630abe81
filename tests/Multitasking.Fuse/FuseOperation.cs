namespace Multitasking.Fuse;

/// <summary>A request of the kernel, by its number in <c>linux/fuse.h</c>.</summary>
public enum FuseOperation
{
    /// <summary>A name is looked up in a folder.</summary>
    Lookup = 1,

    /// <summary>References to nodes are gone; there is no answer to it.</summary>
    Forget = 2,

    /// <summary><c>stat</c>.</summary>
    GetAttributes = 3,

    /// <summary><c>chmod</c>, <c>chown</c>, <c>utimensat</c>, <c>truncate</c>.</summary>
    SetAttributes = 4,

    /// <summary><c>readlink</c>.</summary>
    ReadLink = 5,

    /// <summary><c>symlink</c>.</summary>
    SymbolicLink = 6,

    /// <summary><c>mknod</c>, <c>mkfifo</c>, <c>bind</c> to a path.</summary>
    MakeNode = 8,

    /// <summary><c>mkdir</c>.</summary>
    MakeFolder = 9,

    /// <summary><c>unlink</c>.</summary>
    Unlink = 10,

    /// <summary><c>rmdir</c>.</summary>
    RemoveFolder = 11,

    /// <summary><c>rename</c>.</summary>
    Rename = 12,

    /// <summary><c>link</c>.</summary>
    Link = 13,

    /// <summary><c>open</c> of what is no folder and exists.</summary>
    Open = 14,

    /// <summary><c>read</c>, or a page of a mapped file that is touched.</summary>
    Read = 15,

    /// <summary><c>write</c>.</summary>
    Write = 16,

    /// <summary><c>statfs</c>.</summary>
    FileSystemStatus = 17,

    /// <summary>The last descriptor of an open file is gone; no caller waits for the answer.</summary>
    Release = 18,

    /// <summary><c>fsync</c>.</summary>
    Synchronize = 20,

    /// <summary><c>close</c>, also that which the kernel does when a process ends.</summary>
    Flush = 25,

    /// <summary>The first request, at the mount.</summary>
    Initialize = 26,

    /// <summary><c>open</c> of a folder.</summary>
    OpenFolder = 27,

    /// <summary><c>getdents</c>.</summary>
    ReadFolder = 28,

    /// <summary>As <see cref="Release"/>, of a folder.</summary>
    ReleaseFolder = 29,

    /// <summary><c>fsync</c> of a folder.</summary>
    SynchronizeFolder = 30,

    /// <summary><c>open</c> of a file that does not exist.</summary>
    Create = 35,

    /// <summary>A signal came to who waits for an answer; there is no answer to it.</summary>
    Interrupt = 36,

    /// <summary>As <see cref="Forget"/>, of several nodes.</summary>
    ForgetMany = 42,

    /// <summary><c>renameat2</c> with flags.</summary>
    RenameWithFlags = 45,
}
