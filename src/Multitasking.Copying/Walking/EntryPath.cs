using Multitasking.Copying.Folders;

namespace Multitasking.Copying.Walking;

/// <summary>Puts together the paths of entries from the source's root, in memory that is used again: the folder's part stays while the folder does.</summary>
internal sealed class EntryPath
{
    private byte[] _bytes = new byte[4096];
    private FolderPlace? _folder;
    private int _folderLength;

    /// <summary>The path of an entry; valid until the next call.</summary>
    internal ReadOnlySpan<byte> Of(FolderPlace folder, int depth, ReadOnlySpan<byte> name)
    {
        if (_folder != folder)
            Enter(folder, depth);
        int length = _folderLength + name.Length;
        Reserve(length);
        name.CopyTo(_bytes.AsSpan(_folderLength));
        return _bytes.AsSpan(0, length);
    }

    private void Enter(FolderPlace folder, int depth)
    {
        var names = new Stack<byte[]>();
        for (FolderPlace at = folder; names.Count < depth; at = at.Parent!)
            names.Push(at.Name);
        _folderLength = 0;
        foreach (byte[] name in names)
        {
            Reserve(_folderLength + name.Length);
            name.CopyTo(_bytes, _folderLength);
            _folderLength += name.Length;
            // In the place of the NUL.
            _bytes[_folderLength - 1] = (byte)'/';
        }

        _folder = folder;
    }

    private void Reserve(int length)
    {
        if (length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(length, 2 * _bytes.Length));
    }
}
