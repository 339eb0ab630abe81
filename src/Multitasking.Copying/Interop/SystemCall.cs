namespace Multitasking.Copying.Interop;

/// <summary>The kinds of system calls that a <see cref="FaultScript"/> can make fail.</summary>
internal enum SystemCall
{
    Open,
    Close,
    Status,
    ReadEntries,
    Read,
    Write,
    CopyRange,
    Reflink,
    Seek,
    Truncate,
    Sync,
    MakeFolder,
    MakeNode,
    MakeLink,
    ReadLink,
    Link,
    Rename,
    Remove,
    SetMode,
    SetOwner,
    SetTimes,
    ListAttributes,
    ReadAttribute,
    WriteAttribute,
}
