using Multitasking.Copying.Interop;
using Multitasking.Copying.Planning;

namespace Multitasking.Copying.Copying;

/// <summary>Chooses how the contents of a file are copied.</summary>
internal sealed class FileContents(CopierTools tools)
{
    private readonly CopySettings _settings = tools.Settings;

    /// <summary>Copies everything from an open source into an empty open target.</summary>
    /// <param name="source">The source, at its begin.</param>
    /// <param name="target">The target, at its begin.</param>
    /// <param name="status">What the source was when it was opened.</param>
    /// <param name="bytes">The bytes that were counted as copied, also when it fails.</param>
    internal Fault Copy(int source, int target, in FileStatus status, out long bytes)
    {
        long before = tools.Tally.BytesCopied;
        Fault fault = Copy(source, target, status);
        bytes = tools.Tally.BytesCopied - before;
        return fault;
    }

    private Fault Copy(int source, int target, in FileStatus status)
    {
        // Where sizes say nothing there are no blocks either.
        if (status.Size == 0 || status.IsSparse)
        {
            long type = tools.Routes.TypeOf(status.Identity.Device, source);
            if (status.Size == 0 ? !FileSystemTypes.HasTrueSizes(type) : FileSystemTypes.HasMadeUpSizes(type))
                return UnsizedFile.Copy(source, target, tools);
            if (status.Size == 0)
                return default;
        }

        if (_settings.Reflink == ReflinkUse.Always || status.Size > SmallFile.MaxSize)
        {
            Fault shared = Reflink.TryShare(source, target, status, tools, out bool isShared);
            if (isShared || !shared.IsNone)
                return shared;
        }

        return !SmallFile.Holds(status, tools) || status.IsSparse || _settings.Sparse == SparseHandling.Always
            ? LargeFile.Copy(source, target, status, tools)
            : SmallFile.Copy(source, target, status, tools);
    }
}
