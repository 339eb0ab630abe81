using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Copying;

/// <summary>What stands in the place of the entry to copy; <c>default</c> for nothing.</summary>
/// <param name="Status">What it is.</param>
internal readonly record struct Existing(FileStatus Status)
{
    internal bool Is => Status.Mode != 0;

    /// <summary>Whether it is a folder that is to be removed first.</summary>
    internal bool IsFolder { get; init; }

    /// <summary>Why it is replaced.</summary>
    internal string? Reason { get; init; }
}
