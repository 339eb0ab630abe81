using Multitasking.Copying.Interop;

namespace Multitasking.Copying.Folders;

/// <summary>What this user may do in a folder, asked without doing it.</summary>
internal static unsafe class FolderAccess
{
    private const int WriteAndEnter = 3;

    /// <summary>Whether entries can be created in an open folder: 0, or minus the error number.</summary>
    internal static int CannotCreateIn(int folder)
    {
        fixed (byte* self = ".\0"u8)
            return Kernel.Access(folder, self, WriteAndEnter);
    }

    /// <summary>Whether a folder has no entry. One that cannot be read counts as not empty.</summary>
    internal static bool IsEmpty(FilePath path) => TryFindEntry(path, out bool hasEntries) && !hasEntries;

    /// <summary>Whether a folder exists and has an entry, or cannot be read.</summary>
    internal static bool HasEntries(FilePath path) => NativePath.StatusFollowed(path, out _) == 0 && (!TryFindEntry(path, out bool hasEntries) || hasEntries);

    private static bool TryFindEntry(FilePath path, out bool hasEntries)
    {
        hasEntries = false;
        int descriptor = NativePath.Open(path, OpenFlags.FolderFollowed);
        if (descriptor < 0)
            return false;
        using var reader = new FileDescriptor(descriptor);
        var block = new EntryBlock();
        for (bool ended = false; !ended;)
        {
            block.Clear();
            if (block.Fill(descriptor, out ended) < 0)
                return false;
            for (int offset = 0; offset < block.Length;)
                if (!block.Look(ref offset).IsDots)
                    return hasEntries = true;
        }

        return true;
    }
}
